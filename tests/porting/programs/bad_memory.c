/* Blocks that are none, sizes that cannot be, pages that nobody has, views of files that cannot be made. */
#include "bad.h"

static void blocks(void *p)
{
    FAILS(GlobalFlags(p), GMEM_INVALID_HANDLE, ERROR_INVALID_HANDLE);
    FAILS(GlobalSize(p), 0, ERROR_INVALID_HANDLE);
    FAILS(GlobalReAlloc(p, 10, GMEM_MOVEABLE), NULL, ERROR_INVALID_HANDLE);
    FAILS(GlobalHandle(p), NULL, ERROR_INVALID_HANDLE);
    FAILS(LocalFlags(p), LMEM_INVALID_HANDLE, ERROR_INVALID_HANDLE);
    FAILS(LocalSize(p), 0, ERROR_INVALID_HANDLE);
    FAILS(LocalReAlloc(p, 10, LMEM_MOVEABLE), NULL, ERROR_INVALID_HANDLE);
    FAILS(LocalHandle(p), NULL, ERROR_INVALID_HANDLE);
    FAILS(LocalLock(p), NULL, ERROR_INVALID_HANDLE);
    FAILS(GlobalUnlock(p), TRUE, ERROR_INVALID_HANDLE);
    FAILS(LocalUnlock(p), FALSE, ERROR_INVALID_HANDLE);
    if (p != NULL) {
        FAILS(GlobalFree(p), p, ERROR_INVALID_HANDLE);
        FAILS(LocalFree(p), p, ERROR_INVALID_HANDLE);
        CHECK(!HeapValidate(GetProcessHeap(), 0, p));
    }
}

/* Locks of blocks that have none, and of blocks without memory. */
static void locks(void)
{
    static const UINT flags[] = { GMEM_MOVEABLE, GMEM_MOVEABLE | GMEM_ZEROINIT };
    HLOCAL local = LocalAlloc(LMEM_FIXED, 100);
    HGLOBAL global = GlobalAlloc(GMEM_FIXED, 100);
    size_t at;

    FAILS(LocalUnlock(local), FALSE, ERROR_NOT_LOCKED);
    FAILS(GlobalUnlock(global), TRUE, UNTOUCHED);
    CHECK(LocalFree(local) == NULL && GlobalFree(global) == NULL);
    for (at = 0; at < 2; at++) {
        local = LocalAlloc(flags[at], 0);
        global = GlobalAlloc(flags[at], 0);
        FAILS(LocalLock(local), NULL, ERROR_DISCARDED);
        FAILS(GlobalLock(global), NULL, ERROR_DISCARDED);
        FAILS(LocalUnlock(local), FALSE, ERROR_NOT_LOCKED);
        FAILS(GlobalUnlock(global), FALSE, ERROR_NOT_LOCKED);
        /* With memory they can be locked. */
        local = LocalReAlloc(local, 10, LMEM_MOVEABLE);
        global = GlobalReAlloc(global, 10, GMEM_MOVEABLE);
        CHECK(LocalLock(local) != NULL && GlobalLock(global) != NULL);
        FAILS(LocalUnlock(local), FALSE, NO_ERROR);
        FAILS(GlobalUnlock(global), FALSE, NO_ERROR);
        /* Other flags do not make them fixed. */
        CHECK(GlobalReAlloc(global, 0, GMEM_MODIFY) == global);
        FAILS(GlobalUnlock(global), FALSE, ERROR_NOT_LOCKED);
        CHECK(LocalFree(local) == NULL && GlobalFree(global) == NULL);
    }
    FAILS(HeapFree(NULL, 0, NULL), TRUE, UNTOUCHED);
    FAILS(HeapFree(GetProcessHeap(), 0, NULL), TRUE, UNTOUCHED);
    FAILS(HeapReAlloc(GetProcessHeap(), 0, NULL, 1), NULL, NO_ERROR);
}

static void sizes(void)
{
    static const SIZE_T huge[] = { ~(SIZE_T)0, ~(SIZE_T)0 - 15, (SIZE_T)1 << 62 };
    HANDLE heap = HeapCreate(0, 0, 0);
    HGLOBAL global = GlobalAlloc(GMEM_MOVEABLE, 20);
    HLOCAL local = LocalAlloc(LMEM_FIXED, 20);
    size_t at;

    memset(local, 'l', 20);
    for (at = 0; at < 3; at++) {
        FAILS(GlobalAlloc(GMEM_MOVEABLE, huge[at]), NULL, ERROR_NOT_ENOUGH_MEMORY);
        FAILS(GlobalAlloc(GMEM_FIXED, huge[at]), NULL, ERROR_NOT_ENOUGH_MEMORY);
        FAILS(LocalAlloc(LMEM_MOVEABLE, huge[at]), NULL, ERROR_NOT_ENOUGH_MEMORY);
        FAILS(LocalAlloc(LPTR, huge[at]), NULL, ERROR_NOT_ENOUGH_MEMORY);
        FAILS(GlobalReAlloc(global, huge[at], GMEM_MOVEABLE), NULL, ERROR_NOT_ENOUGH_MEMORY);
        FAILS(LocalReAlloc(local, huge[at], LMEM_MOVEABLE), NULL, ERROR_NOT_ENOUGH_MEMORY);
        CHECK(HeapAlloc(heap, 0, huge[at]) == NULL);
    }
    CHECK(GlobalSize(global) >= 20 && LocalSize(local) >= 20 && ((char *)local)[19] == 'l');
    /* What is freed is none. */
    CHECK(GlobalFree(global) == NULL && LocalFree(local) == NULL && HeapDestroy(heap));
    blocks(global);
    blocks(local);
    CHECK(HeapCompact((HANDLE)0x10, 0) == 0 && HeapCompact(heap, 0) == 0);
    CHECK(!HeapValidate((HANDLE)0x10, 0, NULL) && !HeapValidate(heap, 0, NULL));
    CHECK(!HeapSetInformation((HANDLE)0x10, HeapCompatibilityInformation, &at, sizeof(ULONG)));
    FAILS(HeapSetInformation(GetProcessHeap(), HeapCompatibilityInformation, &at, 3), FALSE, ERROR_INSUFFICIENT_BUFFER);
    CHECK(GlobalFree(NULL) == NULL && LocalFree(NULL) == NULL);
}

static void pages(void)
{
    char *own = (char *)VirtualAlloc(NULL, 1 << 16, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE), *nowhere = (char *)0x7f0000000000;
    MEMORY_BASIC_INFORMATION about;
    DWORD before = UNTOUCHED;

    FAILS(VirtualAlloc(NULL, 0, MEM_COMMIT, PAGE_READWRITE), NULL, ERROR_INVALID_PARAMETER);
    FAILS(VirtualAlloc(NULL, 4096, 0, PAGE_READWRITE), NULL, ERROR_INVALID_PARAMETER);
    FAILS(VirtualAlloc(NULL, 4096, 0x40000u, PAGE_READWRITE), NULL, ERROR_INVALID_PARAMETER);
    FAILS(VirtualAlloc(NULL, 4096, MEM_COMMIT, 0), NULL, ERROR_INVALID_PARAMETER);
    FAILS(VirtualAlloc(NULL, 4096, MEM_COMMIT, PAGE_READWRITE | PAGE_READONLY), NULL, ERROR_INVALID_PARAMETER);
    CHECK(VirtualAlloc(NULL, (SIZE_T)1 << 62, MEM_RESERVE, PAGE_READWRITE) == NULL);
    CHECK(VirtualAlloc(NULL, ~(SIZE_T)0, MEM_RESERVE, PAGE_READWRITE) == NULL);
    FAILS(VirtualAlloc(own, 4096, MEM_RESERVE, PAGE_READWRITE), NULL, ERROR_INVALID_ADDRESS);
    FAILS(VirtualAlloc(nowhere, 4096, MEM_COMMIT, PAGE_READWRITE), NULL, ERROR_INVALID_ADDRESS);

    FAILS(VirtualProtect(own, 4096, PAGE_READONLY, NULL), FALSE, ERROR_NOACCESS);
    FAILS(VirtualProtect(own, 4096, 0, &before), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(VirtualProtect(own, 4096, PAGE_READWRITE | PAGE_READONLY, &before), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(VirtualProtect(nowhere, 4096, PAGE_READONLY, &before), FALSE, ERROR_INVALID_ADDRESS);
    own[0] = 'w';

    FAILS(VirtualFree(own, 4096, MEM_RELEASE), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(VirtualFree(own, 0, 0), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(VirtualFree(own, 0, MEM_RELEASE | MEM_DECOMMIT), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(VirtualFree(nowhere, 0, MEM_RELEASE), FALSE, ERROR_INVALID_ADDRESS);
    FAILS(VirtualFree(own + 4096, 0, MEM_RELEASE), FALSE, ERROR_INVALID_ADDRESS);
    CHECK(own[0] == 'w');

    FAILS(VirtualLock(nowhere, 4096), FALSE, ERROR_NOACCESS);
    FAILS(VirtualLock(own, 0), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(VirtualUnlock(own, 0), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(VirtualProtect(own, 0, PAGE_READONLY, &before), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(VirtualQuery(own, &about, 8), 0, ERROR_BAD_LENGTH);
    CHECK(VirtualFree(own, 0, MEM_RELEASE));
    FAILS(VirtualFree(own, 0, MEM_RELEASE), FALSE, ERROR_INVALID_ADDRESS);
    CHECK(before == UNTOUCHED);
}

/* Rights that pages of VirtualAlloc's cannot have, and one of their own that they have from the beginning. */
static void rights(void)
{
    static const struct {
        DWORD protect;
        BOOL good;
    } table[] = {
        { 0, FALSE },
        { PAGE_NOACCESS, TRUE },
        { PAGE_READONLY, TRUE },
        { PAGE_READONLY | PAGE_NOACCESS, FALSE },
        { PAGE_READWRITE, TRUE },
        { PAGE_WRITECOPY, FALSE },
        { PAGE_WRITECOPY | PAGE_READWRITE, FALSE },
        { PAGE_EXECUTE, TRUE },
        { PAGE_EXECUTE_READ, TRUE },
        { PAGE_EXECUTE_READWRITE, TRUE },
        { PAGE_EXECUTE_READWRITE | PAGE_READONLY, FALSE },
        { PAGE_EXECUTE_WRITECOPY, FALSE },
    };
    char *own = (char *)VirtualAlloc(NULL, 1 << 16, MEM_RESERVE, PAGE_NOACCESS), *made;
    MEMORY_BASIC_INFORMATION about;
    DWORD before;
    size_t at;

    CHECK(own != NULL && VirtualAlloc(own, 4096, MEM_COMMIT, PAGE_NOACCESS) == own);
    for (at = 0; at < sizeof table / sizeof table[0]; at++) {
        DWORD protect = table[at].protect;

        if (!table[at].good) {
            FAILS(VirtualAlloc(NULL, 4096, MEM_COMMIT, protect), NULL, ERROR_INVALID_PARAMETER);
            FAILS(VirtualAlloc(NULL, 4096, MEM_RESERVE, protect), NULL, ERROR_INVALID_PARAMETER);
            FAILS(VirtualAlloc(own, 4096, MEM_COMMIT, protect), NULL, ERROR_INVALID_PARAMETER);
            FAILS(VirtualProtect(own, 4096, protect, &before), FALSE, ERROR_INVALID_PARAMETER);
            continue;
        }
        made = (char *)VirtualAlloc(NULL, 4096, MEM_COMMIT, protect);
        CHECK(made != NULL && VirtualQuery(made, &about, sizeof about) == sizeof about);
        CHECK(about.Protect == protect && about.AllocationProtect == protect && about.State == MEM_COMMIT);
        CHECK(about.AllocationBase == made && about.RegionSize == 4096 && about.Type == MEM_PRIVATE);
        CHECK(VirtualFree(made, 0, MEM_RELEASE));
        before = UNTOUCHED;
        CHECK(VirtualProtect(own, 4096, protect, &before) && before == PAGE_NOACCESS);
        CHECK(VirtualQuery(own, &about, sizeof about) == sizeof about);
        CHECK(about.Protect == protect && about.AllocationProtect == PAGE_NOACCESS && about.State == MEM_COMMIT);
        CHECK(VirtualProtect(own, 4096, PAGE_NOACCESS, &before) && before == protect);
    }
    CHECK(VirtualFree(own, 0, MEM_RELEASE));
}

/* Pages that are reserved only: they have no rights, and get none but with memory. */
static void reserved(void)
{
    char *own = (char *)VirtualAlloc(NULL, 0xFFFC, MEM_RESERVE, PAGE_READONLY);
    MEMORY_BASIC_INFORMATION about;
    DWORD before = UNTOUCHED;

    CHECK(own != NULL && VirtualQuery(own, &about, sizeof about) == sizeof about);
    CHECK(about.Protect == 0 && about.AllocationProtect == PAGE_READONLY && about.State == MEM_RESERVE);
    CHECK(about.BaseAddress == own && about.AllocationBase == own && about.RegionSize == 0x10000 && about.Type == MEM_PRIVATE);
    FAILS(VirtualProtect(own, 4096, PAGE_READONLY, &before), FALSE, ERROR_INVALID_ADDRESS);
    FAILS(VirtualProtect(own, 4096, PAGE_WRITECOPY, &before), FALSE, ERROR_INVALID_PARAMETER);
    CHECK(VirtualAlloc(own + 4096, 4096, MEM_COMMIT, PAGE_NOACCESS) == own + 4096);
    CHECK(VirtualQuery(own, &about, sizeof about) == sizeof about && about.State == MEM_RESERVE && about.RegionSize == 4096);
    CHECK(VirtualQuery(own + 4100, &about, sizeof about) == sizeof about && about.BaseAddress == own + 4096);
    CHECK(about.State == MEM_COMMIT && about.Protect == PAGE_NOACCESS && about.AllocationProtect == PAGE_READONLY);
    CHECK(about.AllocationBase == own && about.RegionSize == 4096);
    /* All of them have to be committed. */
    FAILS(VirtualProtect(own + 4096, 4097, PAGE_READWRITE, &before), FALSE, ERROR_INVALID_ADDRESS);
    FAILS(VirtualProtect(own, 8192, PAGE_READWRITE, &before), FALSE, ERROR_INVALID_ADDRESS);
    CHECK(before == UNTOUCHED);
    CHECK(VirtualAlloc(own + 8192, 4096, MEM_COMMIT, PAGE_READWRITE) == own + 8192);
    CHECK(VirtualProtect(own + 4096, 8192, PAGE_READWRITE, &before) && before == PAGE_NOACCESS);
    own[4096] = own[0x2FFF] = 'w';
    CHECK(VirtualQuery(own + 4096, &about, sizeof about) == sizeof about && about.RegionSize == 8192);
    CHECK(VirtualFree(own + 4096, 4096, MEM_DECOMMIT));
    FAILS(VirtualProtect(own + 4096, 4096, PAGE_READWRITE, &before), FALSE, ERROR_INVALID_ADDRESS);
    CHECK(own[0x2FFF] == 'w');
    FAILS(VirtualFree(own + 4096, 0, MEM_DECOMMIT), FALSE, ERROR_INVALID_ADDRESS);
    FAILS(VirtualFree(own + 4096, 0x10000, MEM_DECOMMIT), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(VirtualFree((char *)0x7f0000000000, 4096, MEM_DECOMMIT), FALSE, ERROR_INVALID_ADDRESS);
    CHECK(own[0x2FFF] == 'w');
    /* An address within the first page stands for the region. */
    CHECK(VirtualFree(own + 5, 0, MEM_DECOMMIT));
    CHECK(VirtualQuery(own, &about, sizeof about) == sizeof about && about.State == MEM_RESERVE && about.RegionSize == 0x10000);
    FAILS(VirtualFree(own + 4096, 0, MEM_RELEASE), FALSE, ERROR_INVALID_ADDRESS);
    CHECK(VirtualFree(own + 4095, 0, MEM_RELEASE));
    FAILS(VirtualFree(own, 0, MEM_RELEASE), FALSE, ERROR_INVALID_ADDRESS);
    FAILS(VirtualFree(own, 4096, MEM_DECOMMIT), FALSE, ERROR_INVALID_ADDRESS);
}

/* Pages of views get no rights that the view was not mapped with. */
static void rights_of_views(void)
{
    static const struct {
        DWORD access, told, good, bad;
    } table[] = {
        { FILE_MAP_READ, PAGE_READONLY, PAGE_NOACCESS, PAGE_READWRITE },
        { FILE_MAP_READ, PAGE_READONLY, PAGE_READONLY, PAGE_EXECUTE_READ },
        { FILE_MAP_WRITE, PAGE_READWRITE, PAGE_READONLY, PAGE_EXECUTE_READWRITE },
        { FILE_MAP_COPY, PAGE_WRITECOPY, PAGE_READONLY, PAGE_EXECUTE_READ },
    };
    HANDLE mapping = CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 4096, NULL);
    MEMORY_BASIC_INFORMATION about;
    size_t at;

    for (at = 0; at < sizeof table / sizeof table[0]; at++) {
        void *view = MapViewOfFile(mapping, table[at].access, 0, 0, 0);
        DWORD before = UNTOUCHED;

        CHECK(view != NULL && VirtualQuery(view, &about, sizeof about) == sizeof about);
        CHECK(about.Protect == table[at].told && about.AllocationProtect == table[at].told && about.State == MEM_COMMIT);
        CHECK(about.AllocationBase == view && about.Type == MEM_MAPPED);
        FAILS(VirtualProtect(view, 4096, table[at].bad, &before), FALSE, ERROR_INVALID_PARAMETER);
        CHECK(before == UNTOUCHED && VirtualProtect(view, 4096, table[at].good, &before) && before == table[at].told);
        CHECK(VirtualProtect(view, 4096, before, &before) && before == table[at].good);
        CHECK(UnmapViewOfFile(view));
    }
    CHECK(CloseHandle(mapping));
}

static void mappings(void)
{
    HANDLE mapping, empty = CreateFileA("empty.txt", GENERIC_READ | GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL), reader;
    char *view;

    FAILS(CreateFileMappingA(empty, NULL, PAGE_READONLY, 0, 0, NULL), NULL, ERROR_FILE_INVALID);
    FAILS(CreateFileMappingW(empty, NULL, PAGE_READWRITE, 0, 0, NULL), NULL, ERROR_FILE_INVALID);
    FAILS(CreateFileMappingA(empty, NULL, PAGE_READONLY, 0, 100, NULL), NULL, ERROR_NOT_ENOUGH_MEMORY);
    close_file(empty);
    reader = CreateFileA("empty.txt", GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);
    FAILS(CreateFileMappingW(reader, NULL, PAGE_READWRITE, 0, 100, NULL), NULL, ERROR_ACCESS_DENIED);
    close_file(reader);
    FAILS(CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 0, NULL), NULL, ERROR_INVALID_PARAMETER);
    FAILS(CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, 0, 0, 100, NULL), NULL, ERROR_INVALID_PARAMETER);
    FAILS(CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, 0x77, 0, 100, NULL), NULL, ERROR_INVALID_PARAMETER);

    mapping = CreateFileMappingA(INVALID_HANDLE_VALUE, NULL, PAGE_READONLY, 0, 1 << 17, NULL);
    CHECK(mapping != NULL);
    FAILS(MapViewOfFile(mapping, FILE_MAP_READ, 0, 1, 0), NULL, ERROR_MAPPED_ALIGNMENT);
    FAILS(MapViewOfFile(mapping, FILE_MAP_READ, 0, 4096, 0), NULL, ERROR_MAPPED_ALIGNMENT);
    FAILS(MapViewOfFile(mapping, FILE_MAP_WRITE, 0, 0, 0), NULL, ERROR_ACCESS_DENIED);
    CHECK(MapViewOfFile(mapping, FILE_MAP_READ, 1, 0, 0) == NULL);
    FAILS(MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 1 << 18), NULL, ERROR_ACCESS_DENIED);
    FAILS(MapViewOfFileEx(mapping, FILE_MAP_READ, 0, 0, 0, (void *)0x7f0000001000), NULL, ERROR_MAPPED_ALIGNMENT);
    view = (char *)MapViewOfFile(mapping, FILE_MAP_READ, 0, 0, 0);
    CHECK(view != NULL && FlushViewOfFile(view, 0));
    FAILS(MapViewOfFileEx(mapping, FILE_MAP_READ, 0, 0, 0, view), NULL, ERROR_INVALID_ADDRESS);
    CHECK(UnmapViewOfFile(view));
    FAILS(UnmapViewOfFile(view), FALSE, ERROR_INVALID_ADDRESS);
    FAILS(UnmapViewOfFile(NULL), FALSE, ERROR_INVALID_ADDRESS);
    FAILS(UnmapViewOfFile(&view), FALSE, ERROR_INVALID_ADDRESS);
    FAILS(FlushViewOfFile(view, 0), FALSE, ERROR_INVALID_ADDRESS);
    FAILS(FlushViewOfFile(NULL, 4096), FALSE, ERROR_INVALID_ADDRESS);
    CHECK(CloseHandle(mapping) && DeleteFileA("empty.txt"));
}

static void addresses(void *p)
{
    DWORD before;

    (void)before;
    blocks(p);
    CHECK(!VirtualProtect(p, 4096, PAGE_READONLY, &before));
    FAILS(HeapSetInformation(NULL, HeapCompatibilityInformation, p, 4), FALSE, ERROR_NOACCESS);
    FAILS(VirtualFree(p, 0, MEM_RELEASE), FALSE, ERROR_INVALID_ADDRESS);
    CHECK(!VirtualLock(p, 4096) && !VirtualUnlock(p, 4096));
    FAILS(UnmapViewOfFile(p), FALSE, ERROR_INVALID_ADDRESS);
    FAILS(FlushViewOfFile(p, 1), FALSE, ERROR_INVALID_ADDRESS);
}

int main(void)
{
    int which;

    blocks(NULL);
    locks();
    sizes();
    pages();
    rights();
    reserved();
    rights_of_views();
    mappings();
    for (which = 0; which < NO_ADDRESSES; which++)
        addresses(no_address(which));
    return result();
}
