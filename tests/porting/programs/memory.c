/* Heaps, single blocks and pages. */
#include <string.h>

#include "check.h"

static void heaps(void)
{
    HANDLE own = HeapCreate(0, 4096, 0);
    char *block, *other;
    int i;

    CHECK(own != NULL && own != GetProcessHeap());
    block = (char *)HeapAlloc(own, HEAP_ZERO_MEMORY, 100);
    CHECK(block != NULL && block[0] == 0 && block[99] == 0 && HeapSize(own, 0, block) == 100);
    memset(block, 'x', 100);
    block = (char *)HeapReAlloc(own, HEAP_ZERO_MEMORY, block, 100000);
    CHECK(block != NULL && block[99] == 'x' && block[100] == 0 && block[99999] == 0);
    CHECK(HeapValidate(own, 0, block));
    for (i = 0; i < 1000; i++)
        CHECK(HeapAlloc(own, 0, (SIZE_T)i) != NULL);
    CHECK(HeapFree(own, 0, block) && HeapFree(own, 0, NULL));
    CHECK(HeapDestroy(own));
    other = (char *)HeapAlloc(GetProcessHeap(), 0, 0);
    CHECK(other != NULL && HeapSize(GetProcessHeap(), 0, other) == 0 && HeapFree(GetProcessHeap(), 0, other));
}

static void single(void)
{
    HLOCAL local = LocalAlloc(LPTR, 50);
    HGLOBAL global = GlobalAlloc(GHND, 60);
    char *at;

    CHECK(local != NULL && LocalSize(local) == 50 && ((char *)local)[49] == 0 && LocalFree(local) == NULL);
    CHECK(LocalFree(NULL) == NULL);
    at = (char *)GlobalLock(global);
    CHECK(at != NULL && at[59] == 0 && GlobalSize(global) >= 60 && GlobalHandle(at) == global);
    CHECK((GlobalFlags(global) & GMEM_LOCKCOUNT) == 1);
    SetLastError(1);
    CHECK(!GlobalUnlock(global) && GetLastError() == NO_ERROR);
    CHECK(!GlobalUnlock(global) && GetLastError() == 158);
    global = GlobalReAlloc(global, 5000, GMEM_MOVEABLE | GMEM_ZEROINIT);
    CHECK(global != NULL && GlobalSize(global) >= 5000 && GlobalFree(global) == NULL);
}

static void pages(void)
{
    MEMORY_BASIC_INFORMATION about;
    MEMORYSTATUSEX status;
    SYSTEM_INFO machine;
    DWORD before = 0;
    char *whole = (char *)VirtualAlloc(NULL, 100000, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
    char *reserved = (char *)VirtualAlloc(NULL, 1 << 20, MEM_RESERVE, PAGE_NOACCESS);

    GetSystemInfo(&machine);
    CHECK(machine.dwNumberOfProcessors > 0 && machine.dwPageSize >= 4096 && machine.dwAllocationGranularity == 65536);
    CHECK(whole != NULL && (UINT_PTR)whole % 65536 == 0 && whole[0] == 0);
    whole[99999] = 1;
    CHECK(VirtualProtect(whole, 4096, PAGE_READONLY, &before) && before == PAGE_READWRITE);
    CHECK(VirtualQuery(whole, &about, sizeof(about)) == sizeof(about));
    CHECK(about.Protect == PAGE_READONLY && about.State == MEM_COMMIT && about.AllocationBase == whole);
    CHECK(VirtualFree(whole, 0, MEM_RELEASE));
    CHECK(!VirtualFree(whole, 0, MEM_RELEASE) && GetLastError() == 487);
    CHECK(reserved != NULL && VirtualAlloc(reserved + 65536, 4096, MEM_COMMIT, PAGE_READWRITE) == reserved + 65536);
    reserved[65536] = 5;
    CHECK(VirtualFree(reserved + 65536, 4096, MEM_DECOMMIT));
    CHECK(VirtualAlloc(reserved + 65536, 4096, MEM_COMMIT, PAGE_READWRITE) != NULL && reserved[65536] == 0);
    CHECK(VirtualFree(reserved, 0, MEM_RELEASE));
    CHECK(VirtualAlloc(NULL, 0, MEM_COMMIT, PAGE_READWRITE) == NULL && GetLastError() == ERROR_INVALID_PARAMETER);
    CHECK(VirtualAlloc(NULL, 1, MEM_COMMIT, 0) == NULL && GetLastError() == ERROR_INVALID_PARAMETER);
    status.dwLength = sizeof(status);
    CHECK(GlobalMemoryStatusEx(&status) && status.ullTotalPhys > 0 && status.dwMemoryLoad <= 100);
}

int main(void)
{
    heaps();
    single();
    pages();
    return result();
}
