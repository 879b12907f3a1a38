/* What programs ask of Windows beside their sockets: who runs, by which files; the times of a file; descriptors of security; names for
   files that are not there yet. */
#include <winsock2.h>
#include <windows.h>
#include <tlhelp32.h>
#include <stdio.h>
#include <string.h>

#define CHECK(what) if (!(what)) return printf("line %d, error %lu\n", __LINE__, (unsigned long)GetLastError()), 1

static DWORD WINAPI wait_for(LPVOID event)
{
    return WaitForSingleObject((HANDLE)event, INFINITE);
}

static int processes(void)
{
    HANDLE event = CreateEvent(NULL, TRUE, FALSE, NULL), thread = CreateThread(NULL, 0, wait_for, event, 0, NULL);
    HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS | TH32CS_SNAPTHREAD, 0);
    DWORD own = GetCurrentProcessId(), parent = 0;
    PROCESSENTRY32 process;
    PROCESSENTRY32W wide;
    THREADENTRY32 one;
    int found = 0, above = 0, threads = 0, this_one = 0;

    CHECK(snapshot != INVALID_HANDLE_VALUE && thread != NULL);
    process.dwSize = sizeof process - 1;
    CHECK(!Process32First(snapshot, &process) && GetLastError() == ERROR_BAD_LENGTH);
    process.dwSize = sizeof process;
    CHECK(Process32First(snapshot, &process));
    do {
        if (process.th32ProcessID == own) {
            found++;
            parent = process.th32ParentProcessID;
            CHECK(process.cntThreads >= 2);
            CHECK(strncmp(process.szExeFile, "snapshot", 8) == 0);
        }
    } while (Process32Next(snapshot, &process));
    CHECK(GetLastError() == ERROR_NO_MORE_FILES && found == 1);
    wide.dwSize = sizeof wide;
    CHECK(Process32FirstW(snapshot, &wide));
    do
        above += wide.th32ProcessID == parent && wide.szExeFile[0] != 0;
    while (Process32NextW(snapshot, &wide));
    CHECK(above == 1 || parent == 0);
    one.dwSize = sizeof one;
    CHECK(Thread32First(snapshot, &one));
    do {
        threads += one.th32OwnerProcessID == own;
        this_one += one.th32ThreadID == GetCurrentThreadId();
    } while (Thread32Next(snapshot, &one));
    CHECK(threads >= 2 && this_one == 1);
    CHECK(SetEvent(event) && WaitForSingleObject(thread, INFINITE) == WAIT_OBJECT_0);
    CHECK(CloseHandle(snapshot) && CloseHandle(thread) && CloseHandle(event));
    CHECK(CreateToolhelp32Snapshot(0, 0) == INVALID_HANDLE_VALUE && GetLastError() == ERROR_INVALID_PARAMETER);
    return 0;
}

static int modules(void)
{
    HANDLE snapshot = CreateToolhelp32Snapshot(TH32CS_SNAPMODULE, 0), event = CreateEvent(NULL, TRUE, FALSE, NULL);
    char path[MAX_PATH];
    MODULEENTRY32 module;
    int first = 0, within = 0, count = 0;

    CHECK(snapshot != INVALID_HANDLE_VALUE && GetModuleFileNameA(NULL, path, sizeof path) > 0);
    module.dwSize = sizeof module;
    CHECK(Module32First(snapshot, &module));
    do {
        BYTE *here = (BYTE *)(ULONG_PTR)&modules;
        first += count++ == 0 && strcmp(module.szExePath, path) == 0;
        within += here >= module.modBaseAddr && here < module.modBaseAddr + module.modBaseSize;
        CHECK(module.szModule[0] != 0 && module.th32ProcessID == GetCurrentProcessId());
    } while (Module32Next(snapshot, &module));
    CHECK(GetLastError() == ERROR_NO_MORE_FILES && first == 1 && within == 1 && count > 1);
    CHECK(!Module32First(event, &module) && GetLastError() == ERROR_INVALID_HANDLE);
    CHECK(CloseHandle(snapshot) && CloseHandle(event));
    return 0;
}

static int times(void)
{
    HANDLE file = CreateFileA("dated", GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
    FILETIME read = {0, 0x01C00000}, written = {0x80, 0x01D00000}, as_is = {0xFFFFFFFF, 0xFFFFFFFF}, got[2];

    CHECK(file != INVALID_HANDLE_VALUE && CloseHandle(file));
    file = CreateFileA("dated", FILE_READ_ATTRIBUTES | FILE_WRITE_ATTRIBUTES, FILE_SHARE_READ, NULL, OPEN_EXISTING, 0, NULL);
    CHECK(file != INVALID_HANDLE_VALUE && SetFileTime(file, NULL, &read, &written));
    CHECK(GetFileTime(file, NULL, &got[0], &got[1]));
    CHECK(CompareFileTime(&got[0], &read) == 0 && CompareFileTime(&got[1], &written) == 0);
    CHECK(SetFileTime(file, NULL, NULL, &read) && SetFileTime(file, NULL, &as_is, &as_is));
    CHECK(GetFileTime(file, NULL, &got[0], &got[1]));
    CHECK(CompareFileTime(&got[0], &read) == 0 && CompareFileTime(&got[1], &read) == 0);
    CHECK(CloseHandle(file) && DeleteFileA("dated"));
    CHECK(!SetFileTime(INVALID_HANDLE_VALUE, NULL, NULL, NULL) && GetLastError() == ERROR_INVALID_HANDLE);
    return 0;
}

static int security(void)
{
    SECURITY_DESCRIPTOR everybody;
    SECURITY_ATTRIBUTES attributes = {sizeof attributes, NULL, FALSE};
    HANDLE event;

    CHECK(!InitializeSecurityDescriptor(&everybody, 2) && GetLastError() == ERROR_UNKNOWN_REVISION);
    CHECK(InitializeSecurityDescriptor(&everybody, SECURITY_DESCRIPTOR_REVISION));
    CHECK(SetSecurityDescriptorDacl(&everybody, TRUE, NULL, FALSE) && everybody.Control == SE_DACL_PRESENT);
    attributes.lpSecurityDescriptor = &everybody;
    event = CreateEvent(&attributes, TRUE, FALSE, NULL);
    CHECK(event != NULL && CloseHandle(event));
    return 0;
}

static int search(void)
{
    char path[MAX_PATH], own[MAX_PATH], *part = NULL;
    WCHAR wide[MAX_PATH], *wide_part = NULL;
    DWORD length;
    HANDLE file = CreateFileA("sought.cfg", GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);

    CHECK(file != INVALID_HANDLE_VALUE && CloseHandle(file) && GetFullPathNameA("sought.cfg", sizeof own, own, NULL) > 0);
    length = SearchPathA(NULL, "sought.cfg", NULL, sizeof path, path, &part);
    CHECK(length == strlen(own) && strcmp(path, own) == 0 && part != NULL && strcmp(part, "sought.cfg") == 0);
    CHECK(SearchPathA(NULL, "sought", ".cfg", 2, path, NULL) == length + 1);
    CHECK(SearchPathA("nowhere;.", "sought", ".cfg", sizeof path, path, NULL) == length);
    CHECK(SearchPathA("nowhere", "sought.cfg", NULL, sizeof path, path, NULL) == 0 && GetLastError() == ERROR_FILE_NOT_FOUND);
    CHECK(SearchPathA(NULL, "", NULL, sizeof path, path, NULL) == 0 && GetLastError() == ERROR_INVALID_PARAMETER);
    CHECK(MultiByteToWideChar(CP_UTF8, 0, "sought.cfg", -1, wide, MAX_PATH) > 0);
    CHECK(SearchPathW(NULL, wide, NULL, MAX_PATH, wide, &wide_part) == length && wide_part == wide + length - 10);
    CHECK(DeleteFileA("sought.cfg"));
    return 0;
}

int main(void)
{
    char name[MAX_PATH];

    if (processes() || modules() || times() || security() || search())
        return 1;
    CHECK(tmpnam_s(name, 4) == ERANGE && tmpnam_s(name, sizeof name) == 0);
    CHECK(GetFileAttributesA(name) == INVALID_FILE_ATTRIBUTES);
    /* What a debugger is told: a program without one goes on. */
    RaiseException(0x40010006, 0, 0, NULL);
    puts("good");
    return 0;
}
