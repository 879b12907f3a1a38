/* Names of files and directories that are missing, of the wrong kind, or no names; and what may not be done to what is there. */
#include "bad.h"

/* A name of each kind, and the codes that looking, removing, entering and searching give. */
typedef struct {
    const char *name;
    DWORD look, remove_file, remove_directory, enter, search;
} NAME;

static const NAME NAMES[] = {
    { "missing.txt", ERROR_FILE_NOT_FOUND, ERROR_FILE_NOT_FOUND, ERROR_FILE_NOT_FOUND, ERROR_FILE_NOT_FOUND, ERROR_FILE_NOT_FOUND },
    { "missing\\deeper.txt", ERROR_PATH_NOT_FOUND, ERROR_PATH_NOT_FOUND, ERROR_PATH_NOT_FOUND, ERROR_PATH_NOT_FOUND, ERROR_PATH_NOT_FOUND },
    { "file.txt\\deeper.txt", ERROR_PATH_NOT_FOUND, ERROR_PATH_NOT_FOUND, ERROR_PATH_NOT_FOUND, ERROR_PATH_NOT_FOUND, ERROR_DIRECTORY },
    { "", ERROR_PATH_NOT_FOUND, ERROR_PATH_NOT_FOUND, ERROR_PATH_NOT_FOUND, ERROR_PATH_NOT_FOUND, ERROR_PATH_NOT_FOUND },
    { NULL, ERROR_PATH_NOT_FOUND, ERROR_PATH_NOT_FOUND, ERROR_PATH_NOT_FOUND, ERROR_PATH_NOT_FOUND, ERROR_PATH_NOT_FOUND },
};

static void one_name(const NAME *row)
{
    const char *n = row->name;
    WCHAR room[64];
    const WCHAR *w = NULL;
    GUARDED about, found;

    if (n != NULL) {
        memcpy(room, wide(n), sizeof room);
        w = room;
    }
    fill(&about);
    fill(&found);
    FAILS(GetFileAttributesA(n), INVALID_FILE_ATTRIBUTES, row->look);
    FAILS(GetFileAttributesW(w), INVALID_FILE_ATTRIBUTES, row->look);
    FAILS(GetFileAttributesExA(n, GetFileExInfoStandard, &about), FALSE, row->look);
    FAILS(GetFileAttributesExW(w, GetFileExInfoStandard, &about), FALSE, row->look);
    FAILS(SetFileAttributesA(n, FILE_ATTRIBUTE_NORMAL), FALSE, row->look);
    FAILS(SetFileAttributesW(w, FILE_ATTRIBUTE_NORMAL), FALSE, row->look);
    FAILS(DeleteFileA(n), FALSE, row->remove_file);
    FAILS(DeleteFileW(w), FALSE, row->remove_file);
    FAILS(RemoveDirectoryA(n), FALSE, row->remove_directory);
    FAILS(RemoveDirectoryW(w), FALSE, row->remove_directory);
    FAILS(SetCurrentDirectoryA(n), FALSE, row->enter);
    FAILS(SetCurrentDirectoryW(w), FALSE, row->enter);
    FAILS(CopyFileA(n, "copy.txt", FALSE), FALSE, row->look);
    FAILS(CopyFileW(w, wide("copy.txt"), FALSE), FALSE, row->look);
    FAILS(MoveFileA(n, "moved.txt"), FALSE, row->look);
    FAILS(MoveFileW(w, wide("moved.txt")), FALSE, row->look);
    FAILS(MoveFileExA(n, "moved.txt", MOVEFILE_REPLACE_EXISTING), FALSE, row->look);
    FAILS(MoveFileExW(w, wide("moved.txt"), MOVEFILE_REPLACE_EXISTING), FALSE, row->look);
    FAILS(FindFirstFileA(n, (WIN32_FIND_DATAA *)&found), INVALID_HANDLE_VALUE, row->search);
    FAILS(CreateFileW(w, GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL), INVALID_HANDLE_VALUE, row->look);
    CHECK(kept(&about, 0) && kept(&found, 0));
    if (row->look == ERROR_PATH_NOT_FOUND) {
        FAILS(CreateDirectoryA(n, NULL), FALSE, ERROR_PATH_NOT_FOUND);
        FAILS(CreateDirectoryW(w, NULL), FALSE, ERROR_PATH_NOT_FOUND);
        FAILS(MoveFileA("file.txt", n), FALSE, ERROR_PATH_NOT_FOUND);
        FAILS(CopyFileW(wide("file.txt"), w, FALSE), FALSE, ERROR_PATH_NOT_FOUND);
    }
}

static void what_is_there(void)
{
    WIN32_FILE_ATTRIBUTE_DATA about;
    WIN32_FIND_DATAW found;
    char text[8] = "";
    DWORD got;
    HANDLE file, search;

    FAILS(CreateDirectoryA("directory", NULL), FALSE, ERROR_ALREADY_EXISTS);
    FAILS(CreateDirectoryW(wide("file.txt"), NULL), FALSE, ERROR_ALREADY_EXISTS);
    FAILS(DeleteFileA("directory"), FALSE, ERROR_ACCESS_DENIED);
    FAILS(DeleteFileW(wide("directory")), FALSE, ERROR_ACCESS_DENIED);
    FAILS(RemoveDirectoryA("file.txt"), FALSE, ERROR_DIRECTORY);
    FAILS(RemoveDirectoryA("directory"), FALSE, ERROR_DIR_NOT_EMPTY);
    FAILS(SetCurrentDirectoryW(wide("file.txt")), FALSE, ERROR_DIRECTORY);
    FAILS(GetFileAttributesExA("file.txt", (GET_FILEEX_INFO_LEVELS)1, &about), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(GetFileAttributesExW(wide("file.txt"), (GET_FILEEX_INFO_LEVELS)-1, &about), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(CopyFileA("file.txt", "other.txt", TRUE), FALSE, ERROR_FILE_EXISTS);
    FAILS(CopyFileW(wide("directory"), wide("copy.txt"), FALSE), FALSE, ERROR_ACCESS_DENIED);
    FAILS(CopyFileW(wide("file.txt"), wide("directory"), FALSE), FALSE, ERROR_ACCESS_DENIED);
    FAILS(MoveFileA("file.txt", "other.txt"), FALSE, ERROR_ALREADY_EXISTS);
    FAILS(MoveFileExW(wide("file.txt"), wide("other.txt"), 0), FALSE, ERROR_ALREADY_EXISTS);
    FAILS(MoveFileExA("file.txt", "directory", MOVEFILE_REPLACE_EXISTING), FALSE, ERROR_ACCESS_DENIED);
    FAILS(CreateFileW(wide("directory"), GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL), INVALID_HANDLE_VALUE, ERROR_ACCESS_DENIED);
    FAILS(CreateFileW(wide("file.txt"), GENERIC_READ, 0, NULL, CREATE_NEW, 0, NULL), INVALID_HANDLE_VALUE, ERROR_FILE_EXISTS);
    FAILS(CreateFileW(wide("file.txt"), GENERIC_READ, 0, NULL, 0, 0, NULL), INVALID_HANDLE_VALUE, ERROR_INVALID_PARAMETER);
    FAILS(CreateFileA("file.txt", GENERIC_READ, 0, NULL, 6, 0, NULL), INVALID_HANDLE_VALUE, ERROR_INVALID_PARAMETER);
    CHECK(MoveFileA("file.txt", "file.txt"));
    /* A copy onto itself must not empty the file. */
    FAILS(CopyFileA("file.txt", "file.txt", FALSE), FALSE, ERROR_SHARING_VIOLATION);
    file = CreateFileA("file.txt", GENERIC_READ, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    CHECK(ReadFile(file, text, 4, &got, NULL) && got == 4 && memcmp(text, "kept", 4) == 0);
    FAILS(WriteFile(file, text, 4, &got, NULL), FALSE, ERROR_ACCESS_DENIED);
    FAILS(SetFilePointer(file, -1, NULL, FILE_BEGIN), INVALID_SET_FILE_POINTER, ERROR_NEGATIVE_SEEK);
    FAILS(SetFilePointer(file, 0, NULL, 3), INVALID_SET_FILE_POINTER, ERROR_INVALID_PARAMETER);
    FAILS(ReadFileEx(file, text, 4, NULL, NULL), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(WriteFileEx(file, text, 4, NULL, NULL), FALSE, ERROR_INVALID_PARAMETER);
    close_file(file);
    search = FindFirstFileW(wide("directory\\*.txt"), &found);
    CHECK(search != INVALID_HANDLE_VALUE);
    FAILS(FindNextFileW(search, &found), FALSE, ERROR_NO_MORE_FILES);
    CHECK(FindClose(search));
    FAILS(FindFirstFileW(wide("directory\\*.no"), &found), INVALID_HANDLE_VALUE, ERROR_FILE_NOT_FOUND);
    FAILS(FindFirstFileW(wide("file.txt\\*"), &found), INVALID_HANDLE_VALUE, ERROR_DIRECTORY);
    FAILS(FindFirstFileW(wide("missing\\*"), &found), INVALID_HANDLE_VALUE, ERROR_PATH_NOT_FOUND);
    FAILS(FindClose(search), FALSE, ERROR_INVALID_HANDLE);
}

static void make(const char *name)
{
    DWORD put;
    HANDLE file = CreateFileA(name, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);

    CHECK(file != INVALID_HANDLE_VALUE && WriteFile(file, "kept", 4, &put, NULL));
    close_file(file);
}

static void addresses(void *p)
{
    const char *n = (const char *)p;
    const WCHAR *w = (const WCHAR *)p;
    WIN32_FIND_DATAA found;
    WIN32_FIND_DATAW wide_found;
    HANDLE search, file;

    (void)found, (void)wide_found, (void)search, (void)file;
    FAILS(GetFileAttributesW(w), INVALID_FILE_ATTRIBUTES, ERROR_NOACCESS);
    FAILS(GetFileAttributesExA(n, GetFileExInfoStandard, &found), FALSE, ERROR_NOACCESS);
    FAILS(GetFileAttributesExW(wide("file.txt"), GetFileExInfoStandard, p), FALSE, ERROR_NOACCESS);
    FAILS(SetFileAttributesA(n, 0), FALSE, ERROR_NOACCESS);
    FAILS(SetFileAttributesW(w, 0), FALSE, ERROR_NOACCESS);
    FAILS(DeleteFileW(w), FALSE, ERROR_NOACCESS);
    FAILS(RemoveDirectoryA(n), FALSE, ERROR_NOACCESS);
    FAILS(CreateDirectoryW(w, NULL), FALSE, ERROR_NOACCESS);
    FAILS(SetCurrentDirectoryW(w), FALSE, ERROR_NOACCESS);
    FAILS(CopyFileW(wide("file.txt"), w, FALSE), FALSE, ERROR_NOACCESS);
    FAILS(MoveFileA("file.txt", n), FALSE, ERROR_NOACCESS);
    FAILS(MoveFileExA(n, "moved.txt", 0), FALSE, ERROR_NOACCESS);
    FAILS(MoveFileExW(wide("file.txt"), w, 0), FALSE, ERROR_NOACCESS);
    FAILS(FindFirstFileA(n, &found), INVALID_HANDLE_VALUE, ERROR_NOACCESS);
    FAILS(FindFirstFileW(wide("directory\\*"), (WIN32_FIND_DATAW *)p), INVALID_HANDLE_VALUE, ERROR_NOACCESS);
    search = FindFirstFileA("directory\\*", &found);
    FAILS(FindNextFileA(search, (WIN32_FIND_DATAA *)p), FALSE, ERROR_NOACCESS);
    FAILS(FindNextFileW(search, (WIN32_FIND_DATAW *)p), FALSE, ERROR_NOACCESS);
    FindClose(search);
    file = CreateFileA("file.txt", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
    FAILS(GetFileSizeEx(file, (LARGE_INTEGER *)p), FALSE, ERROR_NOACCESS);
    close_file(file);
}

int main(void)
{
    size_t at;
    int which;

    CHECK(CreateDirectoryA("directory", NULL));
    make("file.txt");
    make("other.txt");
    make("directory\\inner.txt");
    for (at = 0; at < sizeof NAMES / sizeof NAMES[0]; at++)
        one_name(&NAMES[at]);
    what_is_there();
    for (which = 0; which < NO_ADDRESSES; which++)
        addresses(no_address(which));
    CHECK(GetFileAttributesA("copy.txt") == INVALID_FILE_ATTRIBUTES && GetFileAttributesA("moved.txt") == INVALID_FILE_ATTRIBUTES);
    CHECK(DeleteFileA("directory\\inner.txt") && RemoveDirectoryA("directory") && DeleteFileA("file.txt") && DeleteFileA("other.txt"));
    return result();
}
