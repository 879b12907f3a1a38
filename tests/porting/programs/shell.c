/* What the shell of Windows does for programs: opening files and addresses, starting programs, and where a user's files are. The test
   has put a program called xdg-open into the path, which says what it is asked for, and tells where the directory is by its
   argument. */
#include "check.h"
#include <shellapi.h>
#include <shlobj.h>
#include <string.h>

static INT_PTR opened(const char *verb, const char *file, const char *parameters, const char *directory)
{
    return (INT_PTR)ShellExecuteA(NULL, verb, file, parameters, directory, SW_SHOWNORMAL);
}

static void opening(void)
{
    static const WCHAR open[] = { 'o', 'p', 'e', 'n', 0 };
    static const WCHAR address[] = { 'f', 't', 'p', ':', '/', '/', 'w', 'i', 'd', 'e', 0 };
    HANDLE file = CreateFileA("a text.txt", GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);

    CHECK(file != INVALID_HANDLE_VALUE && CloseHandle(file) && CreateDirectoryA("below", NULL));
    file = CreateFileA("below/other.txt", GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    CHECK(file != INVALID_HANDLE_VALUE && CloseHandle(file));
    /* What is not there is not opened by anybody. */
    CHECK(opened(NULL, "no-such.exe", NULL, NULL) == SE_ERR_FNF);
    CHECK(opened("open", "no such directory/no-such.exe", NULL, NULL) <= SE_ERR_PNF);
    CHECK(opened("open", "other.txt", NULL, NULL) == SE_ERR_FNF);
    CHECK(opened(NULL, NULL, NULL, NULL) == SE_ERR_FNF);
    CHECK(opened("print", "a text.txt", NULL, NULL) == SE_ERR_NOASSOC);
    CHECK(opened("open", "a text.txt", NULL, NULL) > 32);
    CHECK(opened("OPEN", "other.txt", NULL, "below") > 32);
    CHECK(opened(NULL, "https://example.invalid/page?a=b&c", NULL, NULL) > 32);
    CHECK((INT_PTR)ShellExecuteW(NULL, open, address, NULL, NULL, SW_SHOWNORMAL) > 32);
    CHECK(opened("open", "sh", "-c \"echo started with parameters\"", NULL) > 32);
}

/* Without anybody who opens files. */
static void nobody_opens(void)
{
    CHECK(SetEnvironmentVariableA("PATH", "/nowhere/of/this/test"));
    CHECK(opened(NULL, "https://example.invalid/", NULL, NULL) == SE_ERR_NOASSOC);
    CHECK(opened(NULL, "a text.txt", NULL, NULL) > 0 && opened(NULL, "a text.txt", NULL, NULL) <= 32);
}

static void folders(const char *place)
{
    char home[MAX_PATH], path[MAX_PATH];
    WCHAR wide[MAX_PATH];
    unsigned int at;

    CHECK(strlen(place) < 200);
    strcpy(home, place);
    strcat(home, "/home/of a user");
    CHECK(SetEnvironmentVariableA("HOME", home));
    SetEnvironmentVariableA("XDG_CONFIG_HOME", NULL);
    SetEnvironmentVariableA("XDG_DATA_HOME", NULL);
    CHECK(SHGetFolderPathA(NULL, CSIDL_LOCAL_APPDATA, NULL, SHGFP_TYPE_CURRENT, path) == S_FALSE);
    CHECK(!SHGetSpecialFolderPathA(NULL, path, CSIDL_APPDATA, FALSE));
    /* With all that is above it. */
    CHECK(SHGetFolderPathA(NULL, CSIDL_LOCAL_APPDATA | CSIDL_FLAG_CREATE, NULL, SHGFP_TYPE_CURRENT, path) == S_OK);
    CHECK(strncmp(path, home, strlen(home)) == 0 && strcmp(path + strlen(home), "/.local/share") == 0);
    CHECK(GetFileAttributesA(path) != INVALID_FILE_ATTRIBUTES && (GetFileAttributesA(path) & FILE_ATTRIBUTE_DIRECTORY));
    CHECK(SHGetFolderPathA(NULL, CSIDL_LOCAL_APPDATA, NULL, SHGFP_TYPE_CURRENT, path) == S_OK);
    CHECK(SHGetSpecialFolderPathW(NULL, wide, CSIDL_APPDATA, TRUE) && SHGetFolderPathW(NULL, CSIDL_APPDATA, NULL, 0, wide) == S_OK);
    CHECK(SHGetSpecialFolderPathA(NULL, path, CSIDL_APPDATA, FALSE) && lstrlenW(wide) == lstrlenA(path));
    for (at = 0; at <= strlen(path); at++)
        CHECK(wide[at] == (WCHAR)path[at]);
    CHECK(FAILED(SHGetFolderPathA(NULL, CSIDL_PROGRAM_FILES, NULL, SHGFP_TYPE_CURRENT, path)) && path[0] == 0);
    CHECK(SetEnvironmentVariableA("XDG_CONFIG_HOME", place));
    CHECK(SHGetFolderPathA(NULL, CSIDL_APPDATA, NULL, SHGFP_TYPE_CURRENT, path) == S_OK && strcmp(path, place) == 0);
}

int main(int argc, char **argv)
{
    if (argc < 2)
        return 2;
    opening();
    nobody_opens();
    folders(argv[1]);
    return result();
}
