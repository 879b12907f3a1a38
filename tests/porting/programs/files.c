/* Files: every way to open one, positions, sizes, names, directories. */
#include <string.h>

#include "check.h"

static HANDLE open_as(const char *name, DWORD access, DWORD how)
{
    SetLastError(12345);
    return CreateFileA(name, access, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, how, FILE_ATTRIBUTE_NORMAL, NULL);
}

static void ways_to_open(void)
{
    static const struct {
        DWORD how;
        int   exists;
        DWORD code;
    } rows[] = {
        {OPEN_EXISTING, 0, ERROR_FILE_NOT_FOUND}, {TRUNCATE_EXISTING, 0, ERROR_FILE_NOT_FOUND},
        {CREATE_NEW, 0, 0},                       {CREATE_NEW, 1, 80},
        {OPEN_EXISTING, 1, 0},                    {OPEN_ALWAYS, 1, 183},
        {OPEN_ALWAYS, 0, 0},                      {CREATE_ALWAYS, 1, 183},
        {CREATE_ALWAYS, 0, 0},                    {TRUNCATE_EXISTING, 1, 0},
    };
    size_t i;

    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        HANDLE file;
        DWORD code, moved;

        DeleteFileA("ways.txt");
        if (rows[i].exists) {
            file = open_as("ways.txt", GENERIC_WRITE, CREATE_NEW);
            CHECK(WriteFile(file, "old", 3, &moved, NULL) && moved == 3);
            close_file(file);
        }
        file = open_as("ways.txt", GENERIC_READ | GENERIC_WRITE, rows[i].how);
        code = GetLastError();
        if (file == INVALID_HANDLE_VALUE) {
            if (code != rows[i].code || rows[i].code == 0)
                printf("row %d: code %d\n", (int)i, (int)code), bad++;
            continue;
        }
        if ((rows[i].how == OPEN_ALWAYS || rows[i].how == CREATE_ALWAYS) && code != rows[i].code)
            printf("row %d: opened with code %d\n", (int)i, (int)code), bad++;
        CHECK(GetFileSize(file, NULL) == (rows[i].exists && rows[i].how != CREATE_ALWAYS && rows[i].how != TRUNCATE_EXISTING ? 3 : 0));
        close_file(file);
    }
    CHECK(DeleteFileA("ways.txt"));
    CHECK(open_as("no/such/directory.txt", GENERIC_WRITE, CREATE_ALWAYS) == INVALID_HANDLE_VALUE);
    CHECK(GetLastError() == ERROR_PATH_NOT_FOUND);
    CHECK(open_as(".", GENERIC_READ, OPEN_EXISTING) == INVALID_HANDLE_VALUE && GetLastError() == ERROR_ACCESS_DENIED);
}

static void positions(void)
{
    HANDLE file = open_as("place.bin", GENERIC_READ | GENERIC_WRITE, CREATE_ALWAYS);
    LARGE_INTEGER far_away, at;
    OVERLAPPED place;
    DWORD moved = 0;
    LONG high = 0;
    char b[16];

    CHECK(file != INVALID_HANDLE_VALUE && GetFileType(file) == FILE_TYPE_DISK);
    CHECK(WriteFile(file, "0123456789", 10, &moved, NULL) && moved == 10);
    CHECK(SetFilePointer(file, 4, NULL, FILE_BEGIN) == 4 && ReadFile(file, b, 3, &moved, NULL) && memcmp(b, "456", 3) == 0);
    CHECK(SetFilePointer(file, -2, NULL, FILE_END) == 8 && SetFilePointer(file, 1, NULL, FILE_CURRENT) == 9);
    CHECK(ReadFile(file, b, 16, &moved, NULL) && moved == 1 && ReadFile(file, b, 16, &moved, NULL) && moved == 0);
    CHECK(SetFilePointer(file, -1, NULL, FILE_BEGIN) == INVALID_SET_FILE_POINTER && GetLastError() == 131);
    far_away.QuadPart = 0x123456789ll;
    CHECK(SetFilePointerEx(file, far_away, &at, FILE_BEGIN) && at.QuadPart == far_away.QuadPart);
    CHECK(SetFilePointer(file, 0, &high, FILE_CURRENT) == 0x23456789 && high == 1);
    memset(&place, 0, sizeof(place));
    place.Offset = 2;
    CHECK(ReadFile(file, b, 2, &moved, &place) && moved == 2 && memcmp(b, "23", 2) == 0);
    place.Offset = 100;
    CHECK(!ReadFile(file, b, 2, &moved, &place) && GetLastError() == 38);
    CHECK(SetFilePointer(file, 5, NULL, FILE_BEGIN) == 5 && SetEndOfFile(file) && GetFileSize(file, NULL) == 5);
    CHECK(GetFileSizeEx(file, &at) && at.QuadPart == 5 && FlushFileBuffers(file));
    close_file(file);
    file = open_as("place.bin", GENERIC_READ, OPEN_EXISTING);
    CHECK(!WriteFile(file, "x", 1, &moved, NULL) && GetLastError() == ERROR_ACCESS_DENIED);
    close_file(file);
    file = CreateFileA("place.bin", FILE_APPEND_DATA, 0, NULL, OPEN_EXISTING, 0, NULL);
    CHECK(WriteFile(file, "end", 3, &moved, NULL));
    close_file(file);
    CHECK(DeleteFileA("place.bin") && !DeleteFileA("place.bin") && GetLastError() == ERROR_FILE_NOT_FOUND);
}

static void search(void)
{
    WIN32_FIND_DATAA found;
    HANDLE search, file;
    int count = 1;

    CHECK(CreateDirectoryA("many", NULL));
    file = open_as("many/one.txt", GENERIC_WRITE, CREATE_NEW);
    close_file(file);
    file = open_as("many/two.dat", GENERIC_WRITE, CREATE_NEW);
    close_file(file);
    search = FindFirstFileA("many\\*.TXT", &found);
    CHECK(search != INVALID_HANDLE_VALUE && strcmp(found.cFileName, "one.txt") == 0 && found.nFileSizeLow == 0);
    CHECK(!FindNextFileA(search, &found) && GetLastError() == 18 && FindClose(search));
    search = FindFirstFileA("many/*", &found);
    CHECK(search != INVALID_HANDLE_VALUE && (found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY));
    while (FindNextFileA(search, &found))
        count++;
    CHECK(count == 4 && FindClose(search));
    CHECK(FindFirstFileA("many/*.none", &found) == INVALID_HANDLE_VALUE && GetLastError() == ERROR_FILE_NOT_FOUND);
    CHECK(FindFirstFileA("nowhere/*", &found) == INVALID_HANDLE_VALUE && GetLastError() == ERROR_PATH_NOT_FOUND);
    search = FindFirstFileA("many/two.dat", &found);
    CHECK(search != INVALID_HANDLE_VALUE && strcmp(found.cFileName, "two.dat") == 0 && FindClose(search));
    CHECK(DeleteFileA("many/one.txt") && DeleteFileA("many/two.dat") && RemoveDirectoryA("many"));
}

static void names(void)
{
    static const WCHAR wide[] = {'w', 'i', 'd', 'e', '.', 't', 'x', 't', 0};
    WIN32_FILE_ATTRIBUTE_DATA about;
    char before[MAX_PATH], b[MAX_PATH];
    HANDLE file;
    DWORD moved;

    CHECK(CreateDirectoryA("inner", NULL) && !CreateDirectoryA("inner", NULL) && GetLastError() == 183);
    CHECK(GetFileAttributesA("inner") & FILE_ATTRIBUTE_DIRECTORY);
    file = open_as("inner\\file.txt", GENERIC_WRITE, CREATE_NEW);
    CHECK(file != INVALID_HANDLE_VALUE && WriteFile(file, "12345", 5, &moved, NULL));
    close_file(file);
    CHECK(!RemoveDirectoryA("inner") && GetLastError() == 145);
    CHECK(GetFileAttributesExA("inner/file.txt", GetFileExInfoStandard, &about) && about.nFileSizeLow == 5);
    CHECK(CopyFileA("inner/file.txt", "copy.txt", TRUE) && !CopyFileA("inner/file.txt", "copy.txt", TRUE) && GetLastError() == 80);
    CHECK(!MoveFileA("copy.txt", "inner/file.txt") && GetLastError() == 183);
    CHECK(MoveFileExA("copy.txt", "inner/file.txt", MOVEFILE_REPLACE_EXISTING));
    CHECK(SetFileAttributesA("inner/file.txt", FILE_ATTRIBUTE_READONLY));
    CHECK(GetFileAttributesA("inner/file.txt") & FILE_ATTRIBUTE_READONLY);
    CHECK(!DeleteFileA("inner/file.txt") && GetLastError() == ERROR_ACCESS_DENIED);
    CHECK(SetFileAttributesA("inner/file.txt", FILE_ATTRIBUTE_NORMAL) && DeleteFileA("inner/file.txt"));
    CHECK(GetCurrentDirectoryA(sizeof(before), before) == strlen(before) && GetCurrentDirectoryA(1, b) == strlen(before) + 1);
    CHECK(SetCurrentDirectoryA("inner") && GetCurrentDirectoryA(sizeof(b), b) > strlen(before) && SetCurrentDirectoryA(before));
    CHECK(!SetCurrentDirectoryA("nowhere") && RemoveDirectoryA("inner") && GetTempPathA(sizeof(b), b) > 0);
    file = CreateFileW(wide, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    CHECK(file != INVALID_HANDLE_VALUE);
    close_file(file);
    CHECK(GetFileAttributesA("wide.txt") != INVALID_FILE_ATTRIBUTES && DeleteFileW(wide));
    file = open_as("NUL", GENERIC_WRITE, OPEN_EXISTING);
    CHECK(file != INVALID_HANDLE_VALUE && WriteFile(file, "x", 1, &moved, NULL) && moved == 1);
    close_file(file);
}

int main(void)
{
    DWORD moved;
    char b;

    ways_to_open();
    positions();
    search();
    names();
    CHECK(!ReadFile(INVALID_HANDLE_VALUE, &b, 1, &moved, NULL) && GetLastError() == ERROR_INVALID_HANDLE);
    CHECK(GetStdHandle(STD_INPUT_HANDLE) != NULL && GetStdHandle(STD_OUTPUT_HANDLE) != NULL);
    CHECK(GetStdHandle(5) == INVALID_HANDLE_VALUE);
    /* Standard input is what the test gives, a pipe. */
    CHECK(ReadFile(GetStdHandle(STD_INPUT_HANDLE), &b, 1, &moved, NULL) && moved == 1 && b == 'i');
    CHECK(!ReadFile(GetStdHandle(STD_INPUT_HANDLE), &b, 1, &moved, NULL) && GetLastError() == 109);
    CHECK(!GetConsoleMode(GetStdHandle(STD_INPUT_HANDLE), &moved));
    CHECK(WriteFile(GetStdHandle(STD_OUTPUT_HANDLE), "written\n", 8, &moved, NULL) && moved == 8);
    return result();
}
