/* What programs seldom call: old memory, boxes, versions, code pages, consoles that are there already, adapters by name. */
#include "check.h"
#include <ws2tcpip.h>
#include <iphlpapi.h>
#include <icmpapi.h>
#include <ntsecapi.h>
#include <process.h>
#include <string.h>

static void memory(void)
{
    HLOCAL block = LocalAlloc(LMEM_MOVEABLE | LMEM_ZEROINIT, 16);
    char *at = (char *)LocalLock(block), *pages;
    unsigned char random[32];
    int i, other = 0;

    CHECK(at != NULL && at[15] == 0 && LocalHandle(at) == block && (LocalFlags(block) & 0xFF) == 1);
    strcpy(at, "kept");
    CHECK(!LocalUnlock(block) && (LocalFlags(block) & 0xFF) == 0);
    block = LocalReAlloc(block, 4000, LMEM_MOVEABLE);
    CHECK(block != NULL && LocalSize(block) >= 4000 && strcmp((char *)LocalLock(block), "kept") == 0);
    LocalUnlock(block);
    CHECK(LocalFree(block) == NULL);
    pages = (char *)VirtualAlloc(NULL, 4096, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
    CHECK(pages != NULL && VirtualLock(pages, 4096) && VirtualUnlock(pages, 4096) && VirtualFree(pages, 0, MEM_RELEASE));
    HeapCompact(GetProcessHeap(), 0);
    CHECK(HeapSetInformation(NULL, HeapEnableTerminationOnCorruption, NULL, 0));
    memset(random, 0, sizeof random);
    CHECK(SystemFunction036(random, sizeof random));
    for (i = 1; i < (int)sizeof random; i++)
        other |= random[i] != random[0];
    CHECK(other);
}

static void machine(void)
{
    static const WCHAR text[] = { 'b', 'o', 'x', 0 };
    SYSTEM_INFO one, two;
    FILETIME before, precise, after;

    GetSystemInfo(&one);
    GetNativeSystemInfo(&two);
    CHECK(one.dwPageSize == two.dwPageSize && one.dwNumberOfProcessors == two.dwNumberOfProcessors);
    GetSystemTimePreciseAsFileTime(&before);
    GetSystemTimePreciseAsFileTime(&precise);
    GetSystemTimePreciseAsFileTime(&after);
    CHECK(CompareFileTime(&before, &precise) <= 0 && CompareFileTime(&precise, &after) <= 0);
    CHECK((GetVersion() & 0xFF) >= 6 && !IsDBCSLeadByte('a'));
    CHECK(MessageBoxW(NULL, text, text, MB_OK) == IDOK && MessageBoxExA(NULL, "a box", "box", MB_OK, 0) == IDOK && MessageBeep(MB_OK));
#if !defined(__MINGW32__)
    CHECK(GetOEMCP() == CP_UTF8 && GetStockObject(0) != NULL);
#endif
}

#if !defined(__MINGW32__)
/* There is none, as where another program has it open. */
static void clipboard(void)
{
    SetLastError(0);
    CHECK(!OpenClipboard(NULL) && GetLastError() == ERROR_ACCESS_DENIED);
    CHECK(!EmptyClipboard() && GetLastError() == ERROR_CLIPBOARD_NOT_OPEN);
    SetLastError(0);
    CHECK(GetClipboardData(CF_TEXT) == NULL && GetLastError() == ERROR_CLIPBOARD_NOT_OPEN);
    SetLastError(0);
    CHECK(SetClipboardData(CF_UNICODETEXT, NULL) == NULL && GetLastError() == ERROR_CLIPBOARD_NOT_OPEN);
    SetLastError(0);
    CHECK(!CloseClipboard() && GetLastError() == ERROR_CLIPBOARD_NOT_OPEN);
    CHECK(!IsClipboardFormatAvailable(CF_TEXT) && !IsClipboardFormatAvailable(CF_UNICODETEXT));
}
#endif

static void consoles(void)
{
    HANDLE file = CreateFileA("errors.txt", GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL), before = GetStdHandle(STD_ERROR_HANDLE);
    char title[64];

    CHECK(SetStdHandle(STD_ERROR_HANDLE, file) && GetStdHandle(STD_ERROR_HANDLE) == file && SetStdHandle(STD_ERROR_HANDLE, before));
    CHECK(!SetStdHandle(12345, file) && CloseHandle(file) && DeleteFileA("errors.txt"));
    CHECK(!AllocConsole() && GetLastError() == ERROR_ACCESS_DENIED);
    CHECK(!AttachConsole(ATTACH_PARENT_PROCESS) && GetLastError() == ERROR_ACCESS_DENIED);
    CHECK(!GenerateConsoleCtrlEvent(77, 0) && GetLastError() == ERROR_INVALID_PARAMETER);
    CHECK(!Beep(36, 0) && GetLastError() == ERROR_INVALID_PARAMETER && Beep(440, 0));
    CHECK(SetConsoleCP(CP_UTF8) && GetConsoleCP() == CP_UTF8 && SetConsoleOutputCP(CP_UTF8) && GetConsoleOutputCP() == CP_UTF8);
    CHECK(SetConsoleTitleA("a title") && GetConsoleTitleA(title, sizeof title) == 7 && strcmp(title, "a title") == 0);
#if !defined(__MINGW32__)
    CHECK(GetConsoleWindow() == NULL && FreeConsole());
#endif
}

static void adapters(void)
{
    MIB_UNICASTIPADDRESS_TABLE *table = NULL;
    ULONG i, found = 0;

    CHECK(GetUnicastIpAddressTable(AF_INET, &table) == NO_ERROR && table->NumEntries > 0);
    for (i = 0; i < table->NumEntries; i++)
        found += table->Table[i].Address.Ipv4.sin_addr.s_addr == htonl(INADDR_LOOPBACK);
    CHECK(found == 1);
    FreeMibTable(table);
#if !defined(__MINGW32__) /* whose header has it not */
    {
        static const WCHAR loopback[] = { 'l', 'o', 0 };
        NET_LUID one, two;
        char name[64], room[256];
        WCHAR wide[64];

        CHECK(IcmpSendEcho2Ex(INVALID_HANDLE_VALUE, NULL, NULL, NULL, 0, htonl(INADDR_LOOPBACK), NULL, 0, NULL, room, sizeof room, 1) == 0);
        CHECK(GetLastError() == ERROR_INVALID_HANDLE || GetLastError() == ERROR_INVALID_PARAMETER);
        CHECK(ConvertInterfaceNameToLuidA("lo", &one) == NO_ERROR && ConvertInterfaceNameToLuidW(loopback, &two) == NO_ERROR);
        CHECK(one.Value == two.Value && ConvertInterfaceLuidToNameA(&one, name, sizeof name) == NO_ERROR && strcmp(name, "lo") == 0);
        CHECK(ConvertInterfaceLuidToNameW(&one, wide, 64) == NO_ERROR && lstrcmpW(wide, loopback) == 0);
        CHECK(ConvertInterfaceLuidToNameA(&one, name, 2) != NO_ERROR && ConvertInterfaceNameToLuidA("none", &one) != NO_ERROR);
    }
#endif
}

static HANDLE ended;

static void __cdecl ends_itself(void *unused)
{
    (void)unused;
    SetEvent(ended);
    _endthread();
    bad++;
}

#if !defined(__MINGW32__)
# include <signal.h>
static volatile int broke;

static void on_break(int number)
{
    broke = number;
}
#endif

int main(void)
{
    WSADATA data;

    CHECK(WSAStartup(MAKEWORD(2, 2), &data) == 0);
    memory();
    machine();
    consoles();
#if !defined(__MINGW32__)
    clipboard();
#endif
    adapters();
    ended = CreateEventA(NULL, FALSE, FALSE, NULL);
    CHECK(_beginthread(ends_itself, 0, NULL) != (uintptr_t)-1 && WaitForSingleObject(ended, INFINITE) == WAIT_OBJECT_0);
#if !defined(__MINGW32__)
    signal(SIGTRAP, on_break);
    DebugBreak();
    CHECK(broke == SIGTRAP);
#endif
    CHECK(WSACleanup() == 0);
    ExitProcess((UINT)result());
}
