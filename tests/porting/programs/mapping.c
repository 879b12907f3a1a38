/* Files as memory, as servers of files and logs have them: a file read and written through views, memory under a name, a view
   of its own, and what is refused. */
#include <string.h>
#include "check.h"

static HANDLE opened(const char *name, DWORD access, DWORD how)
{
    HANDLE file = CreateFileA(name, access, FILE_SHARE_READ, NULL, how, FILE_ATTRIBUTE_NORMAL, NULL);

    CHECK(file != INVALID_HANDLE_VALUE);
    return file;
}

static void file_in_memory(void)
{
    HANDLE file = opened("mapped.bin", GENERIC_READ | GENERIC_WRITE, CREATE_ALWAYS), mapping;
    char *view, read[6] = "";
    DWORD got = 0;

    CHECK(CreateFileMappingA(file, NULL, PAGE_READWRITE, 0, 0, NULL) == NULL && GetLastError() == ERROR_FILE_INVALID);
    mapping = CreateFileMappingA(file, NULL, PAGE_READWRITE, 0, 0x20000 + 10, NULL);
    CHECK(mapping != NULL && GetLastError() == 0);
    CHECK(GetFileSize(file, NULL) == 0x20000 + 10);
    view = MapViewOfFile(mapping, FILE_MAP_ALL_ACCESS, 0, 0x10000, 0);
    CHECK(view != NULL && ((ULONG_PTR)view & 0xFFFF) == 0);
    memcpy(view + 0x10000, "hello", 5);
    CHECK(FlushViewOfFile(view, 0) && FlushViewOfFile(view + 0x10000, 5));
    CHECK(SetFilePointer(file, 0x20000, NULL, FILE_BEGIN) == 0x20000);
    CHECK(ReadFile(file, read, 5, &got, NULL) && got == 5 && strcmp(read, "hello") == 0);
    CHECK(CloseHandle(mapping));
    CHECK(view[0x10000] == 'h');
    CHECK(!VirtualFree(view, 0, MEM_RELEASE));
    CHECK(UnmapViewOfFile(view));
    CHECK(!UnmapViewOfFile(view) && GetLastError() == ERROR_INVALID_ADDRESS);
    CHECK(!FlushViewOfFile(view, 1));
    CHECK(CloseHandle(file));
}

static void read_only(void)
{
    HANDLE file = opened("mapped.bin", GENERIC_READ, OPEN_EXISTING), mapping;
    const char *view;
    char *own;

    CHECK(CreateFileMappingA(file, NULL, PAGE_READWRITE, 0, 0, NULL) == NULL && GetLastError() == ERROR_ACCESS_DENIED);
    CHECK(CreateFileMappingA(file, NULL, PAGE_READONLY, 0, 0x40000, NULL) == NULL);
    CHECK(GetLastError() == ERROR_NOT_ENOUGH_MEMORY);
    mapping = CreateFileMappingA(file, NULL, PAGE_READONLY, 0, 0, NULL);
    CHECK(mapping != NULL);
    CHECK(CloseHandle(file));
    CHECK(MapViewOfFile(mapping, FILE_MAP_WRITE, 0, 0, 0) == NULL && GetLastError() == ERROR_ACCESS_DENIED);
    CHECK(MapViewOfFile(mapping, FILE_MAP_READ, 0, 0x1000, 0) == NULL && GetLastError() == ERROR_MAPPED_ALIGNMENT);
    CHECK(MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0x30000) == NULL && GetLastError() == ERROR_ACCESS_DENIED);
    view = MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0);
    own = MapViewOfFile(mapping, FILE_MAP_COPY, 0, 0x20000, 0);
    CHECK(view != NULL && own != NULL && memcmp(own, "hello", 5) == 0);
    CHECK(VirtualAlloc((void *)view, 4096, MEM_COMMIT, PAGE_READWRITE) == NULL && GetLastError() == ERROR_ACCESS_DENIED);
    CHECK(!VirtualFree((void *)view, 0, MEM_RELEASE) && GetLastError() == ERROR_INVALID_PARAMETER);
    own[0] = 'j';
    CHECK(view[0x20000] == 'h');
    CHECK(UnmapViewOfFile(own) && UnmapViewOfFile(view));
    CHECK(CloseHandle(mapping));
    CHECK(MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0) == NULL && GetLastError() == ERROR_INVALID_HANDLE);
    CHECK(DeleteFileA("mapped.bin"));
}

static void memory_with_a_name(void)
{
    HANDLE first = CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE | SEC_COMMIT, 0, 4096, "Local\\shared");
    HANDLE again, third, reading;
    int *one, *two;

    CHECK(first != NULL && GetLastError() == 0);
    again = CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 64, "shared");
    CHECK(again != NULL && GetLastError() == ERROR_ALREADY_EXISTS);
    third = OpenFileMappingA(FILE_MAP_ALL_ACCESS, FALSE, "shared");
    CHECK(third != NULL);
    one = MapViewOfFile(first, FILE_MAP_WRITE, 0, 0, 0);
    two = MapViewOfFile(third, FILE_MAP_READ, 0, 0, 4096);
    CHECK(one != NULL && two != NULL && one != two && one[1023] == 0);
    one[1023] = 77;
    CHECK(two[1023] == 77);
    /* The name is one of all objects, and a handle has the rights that were asked for. */
    CHECK(CreateEventA(NULL, TRUE, FALSE, "shared") == NULL && GetLastError() == ERROR_INVALID_HANDLE);
    CHECK(OpenMutexA(SYNCHRONIZE, FALSE, "shared") == NULL && GetLastError() == ERROR_INVALID_HANDLE);
    reading = OpenFileMappingA(FILE_MAP_READ, FALSE, "shared");
    CHECK(reading != NULL);
    CHECK(MapViewOfFile(reading, FILE_MAP_WRITE, 0, 0, 0) == NULL && GetLastError() == ERROR_ACCESS_DENIED);
    CHECK(CloseHandle(reading));
    reading = CreateEventA(NULL, TRUE, FALSE, "an event");
    CHECK(reading != NULL);
    CHECK(CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 64, "an event") == NULL);
    CHECK(GetLastError() == ERROR_INVALID_HANDLE);
    CHECK(OpenFileMappingA(FILE_MAP_READ, FALSE, "an event") == NULL && GetLastError() == ERROR_INVALID_HANDLE);
    CHECK(CloseHandle(reading));
    /* A view is no memory of VirtualAlloc's. */
    CHECK(!VirtualFree(one, 0, MEM_RELEASE) && GetLastError() == ERROR_INVALID_PARAMETER);
    CHECK(!VirtualFree(one, 4096, MEM_DECOMMIT) && GetLastError() == ERROR_INVALID_PARAMETER);
    CHECK(VirtualAlloc(one, 4096, MEM_RESERVE, PAGE_READWRITE) == NULL && GetLastError() == ERROR_INVALID_ADDRESS);
    CHECK(two[1023] == 77);
    CHECK(CloseHandle(first) && CloseHandle(again) && CloseHandle(third));
    CHECK(UnmapViewOfFile(one) && UnmapViewOfFile(two));
    CHECK(OpenFileMappingA(FILE_MAP_READ, FALSE, "shared") == NULL && GetLastError() == ERROR_FILE_NOT_FOUND);
    CHECK(CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 0, NULL) == NULL);
    CHECK(GetLastError() == ERROR_INVALID_PARAMETER);
}

int main(void)
{
    file_in_memory();
    read_only();
    memory_with_a_name();
    return result();
}
