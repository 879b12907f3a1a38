/* Keyed events: threads that meet by a key, times, rights, names, and what is no keyed event (KY1, KY2, KY3, KY4, KY5);
   NtWaitForSingleObject and RtlInitUnicodeString (NT8, NT9). */
#include "afd.h"

#define BAD_KEY ((NTSTATUS)0xC00000EF)
#define ALL     0x000F0003

typedef NTSTATUS (NTAPI *open_keyed)(PHANDLE, ACCESS_MASK, POBJECT_ATTRIBUTES);

static HANDLE keyed;

/* By the names that programs give them. */
#define NtCreateKeyedEvent nt_keyed
#define NtWaitForKeyedEvent nt_wait
#define NtReleaseKeyedEvent nt_release

static PVOID key(size_t number)
{
    return (PVOID)number;
}

static DWORD WINAPI other(LPVOID unused)
{
    size_t at;

    (void)unused;
    for (at = 0; at < 20; at++) {
        if (at % 2 != 0)
            CHECK(NtWaitForKeyedEvent(keyed, key(at * 2), FALSE, NULL) == SUCCESS);
        else
            CHECK(NtReleaseKeyedEvent(keyed, key(at * 2), FALSE, NULL) == SUCCESS);
    }
    return 0;
}

static volatile LONG through;

static DWORD WINAPI waits(LPVOID with)
{
    CHECK(NtWaitForKeyedEvent(keyed, with, FALSE, NULL) == SUCCESS);
    InterlockedIncrement((LONG *)&through);
    return 0;
}

static void NTAPI routine(ULONG_PTR with)
{
    *(int *)with = 1;
}

int main(void)
{
    LARGE_INTEGER soon, none;
    HANDLE second = NULL, event, threads[4];
    WCHAR text[] = {'\\', 'B', 'a', 's', 'e', 'N', 'a', 'm', 'e', 'd', 'O', 'b', 'j', 'e', 'c', 't', 's', '\\', 'k', 0};
    WCHAR elsewhere[] = {'\\', 'O', 't', 'h', 'e', 'r', '\\', 'k', 0};
    UNICODE_STRING name;
    OBJECT_ATTRIBUTES attributes;
    open_keyed NtOpenKeyedEvent;
    HMODULE library;
    size_t at;
    int called = 0;

    started();
    find_functions();
    library = GetModuleHandleA("ntdll");
    NT_FIND(NtOpenKeyedEvent, "NtOpenKeyedEvent");
    soon.QuadPart = -100000;
    none.QuadPart = 0;
    CHECK(NtCreateKeyedEvent(&keyed, ALL | SYNCHRONIZE, NULL, 0) == SUCCESS);
    CHECK(NtCreateKeyedEvent(NULL, ALL, NULL, 0) == VIOLATION);
    CHECK(NtCreateKeyedEvent(&second, ALL, NULL, 1) == (NTSTATUS)0xC00000F2);
    CHECK(WaitForSingleObject(keyed, 1000) == 0);

    CHECK(NtWaitForKeyedEvent(keyed, key(255), FALSE, &soon) == BAD_KEY && NtReleaseKeyedEvent(keyed, key(255), FALSE, &soon) == BAD_KEY);
    CHECK(NtWaitForKeyedEvent(keyed, key(254), FALSE, &soon) == TIMED_OUT && NtReleaseKeyedEvent(keyed, key(254), FALSE, &soon) == TIMED_OUT);
    CHECK(NtWaitForKeyedEvent(keyed, NULL, FALSE, &none) == TIMED_OUT && NtReleaseKeyedEvent(keyed, NULL, FALSE, &none) == TIMED_OUT);
    CHECK(NtWaitForKeyedEvent(NULL, key(8), FALSE, &soon) == TIMED_OUT && NtReleaseKeyedEvent(NULL, key(8), FALSE, &soon) == TIMED_OUT);
    CHECK(NtWaitForKeyedEvent((HANDLE)(size_t)0x7FFFFFF0, key(9), FALSE, &soon) == BAD_KEY);
    CHECK(NtWaitForKeyedEvent((HANDLE)(size_t)0x7FFFFFF0, key(8), FALSE, &soon) == BAD_HANDLE);
    CHECK(NtWaitForKeyedEvent(keyed, key(8), FALSE, (PLARGE_INTEGER)(void *)(size_t)16) == VIOLATION);

    /* One after the other, in turn. */
    threads[0] = CreateThread(NULL, 0, other, NULL, 0, NULL);
    for (at = 0; at < 20; at++) {
        if (at % 2 != 0)
            CHECK(NtReleaseKeyedEvent(keyed, key(at * 2), FALSE, NULL) == SUCCESS);
        else
            CHECK(NtWaitForKeyedEvent(keyed, key(at * 2), FALSE, NULL) == SUCCESS);
    }
    CHECK(WaitForSingleObject(threads[0], 20000) == 0);
    CloseHandle(threads[0]);
    /* Each release lets one pass, of those with its key. */
    for (at = 0; at < 4; at++)
        threads[at] = CreateThread(NULL, 0, waits, key(at < 3 ? 100 : 200), 0, NULL);
    for (at = 0; at < 3; at++)
        CHECK(NtReleaseKeyedEvent(keyed, key(100), FALSE, NULL) == SUCCESS);
    CHECK(WaitForMultipleObjects(3, threads, TRUE, 20000) == 0 && through == 3);
    CHECK(WaitForSingleObject(threads[3], 0) == WAIT_TIMEOUT);
    CHECK(NtReleaseKeyedEvent(keyed, key(100), FALSE, &none) == TIMED_OUT);
    CHECK(NtReleaseKeyedEvent(keyed, key(200), FALSE, NULL) == SUCCESS && WaitForSingleObject(threads[3], 20000) == 0);
    for (at = 0; at < 4; at++)
        CloseHandle(threads[at]);
    /* A routine ends a wait that allows it. */
    CHECK(QueueUserAPC(routine, GetCurrentThread(), (ULONG_PTR)&called));
    CHECK(NtWaitForKeyedEvent(keyed, key(8), FALSE, &none) == TIMED_OUT && called == 0);
    CHECK(NtWaitForKeyedEvent(keyed, key(8), TRUE, NULL) == (NTSTATUS)0xC0 && called == 1);

    /* Rights. */
    CHECK(NtCreateKeyedEvent(&second, 1, NULL, 0) == SUCCESS);
    CHECK(NtWaitForKeyedEvent(second, key(8), FALSE, &none) == TIMED_OUT && NtReleaseKeyedEvent(second, key(8), FALSE, &none) == DENIED);
    CHECK(WaitForSingleObject(second, 0) == WAIT_FAILED && GetLastError() == ERROR_ACCESS_DENIED);
    CloseHandle(second);
    CHECK(NtCreateKeyedEvent(&second, GENERIC_WRITE, NULL, 0) == SUCCESS);
    CHECK(NtWaitForKeyedEvent(second, key(8), FALSE, &none) == DENIED && NtReleaseKeyedEvent(second, key(8), FALSE, &none) == TIMED_OUT);
    CHECK(!SetEvent(second) && GetLastError() == ERROR_INVALID_HANDLE);
    CloseHandle(second);
    event = CreateEventA(NULL, TRUE, FALSE, NULL);
    CHECK(NtWaitForKeyedEvent(event, key(8), FALSE, &none) == WRONG_TYPE && NtReleaseKeyedEvent(event, key(8), FALSE, &none) == WRONG_TYPE);
    CloseHandle(event);

    /* The other two. */
    {
        typedef NTSTATUS (NTAPI *wait_single)(HANDLE, BOOLEAN, PLARGE_INTEGER);
        typedef void (NTAPI *init_string)(PUNICODE_STRING, PCWSTR);
        wait_single wait;
        init_string init;

        NT_FIND(wait, "NtWaitForSingleObject");
        NT_FIND(init, "RtlInitUnicodeString");
        event = CreateEventA(NULL, FALSE, TRUE, NULL);
        CHECK(wait(event, FALSE, NULL) == SUCCESS && wait(event, FALSE, &none) == TIMED_OUT);
        CHECK(wait(event, FALSE, &soon) == TIMED_OUT && wait((HANDLE)(size_t)0x7FFFFFF0, FALSE, &none) == BAD_HANDLE);
        CHECK(QueueUserAPC(routine, GetCurrentThread(), (ULONG_PTR)&called));
        called = 0;
        CHECK(wait(event, TRUE, NULL) == (NTSTATUS)0xC0 && called == 1);
        CloseHandle(event);
        init(&name, text);
        CHECK(name.Buffer == text && name.Length == sizeof(text) - sizeof(WCHAR) && name.MaximumLength == sizeof(text));
        init(&name, NULL);
        CHECK(name.Buffer == NULL && name.Length == 0 && name.MaximumLength == 0);
    }

    /* Names. */
    name.Buffer = text;
    name.Length = name.MaximumLength = sizeof(text) - sizeof(WCHAR);
    InitializeObjectAttributes(&attributes, &name, 0, NULL, NULL);
    CHECK(NtOpenKeyedEvent(&second, ALL, &attributes) == NO_NAME);
    CHECK(NtCreateKeyedEvent(&event, ALL, &attributes, 0) == SUCCESS);
    CHECK(NtCreateKeyedEvent(&second, ALL, &attributes, 0) == (NTSTATUS)0xC0000035);
    CHECK(NtOpenKeyedEvent(&second, ALL, &attributes) == SUCCESS && second != event);
    CloseHandle(second);
    attributes.Attributes = OBJ_OPENIF;
    CHECK(NtCreateKeyedEvent(&second, ALL, &attributes, 0) == (NTSTATUS)0x40000000 && second != event);
    CloseHandle(second);
    CloseHandle(event);
    CHECK(NtOpenKeyedEvent(&second, ALL, &attributes) == NO_NAME);
    name.Buffer = elsewhere;
    name.Length = name.MaximumLength = sizeof(elsewhere) - sizeof(WCHAR);
    CHECK(NtOpenKeyedEvent(&second, ALL, &attributes) == (NTSTATUS)0xC000003A);
    attributes.Length = 1;
    CHECK(NtOpenKeyedEvent(&second, ALL, &attributes) == BAD_PARAMETER);
    CHECK(CloseHandle(keyed) && NtWaitForKeyedEvent(keyed, key(8), FALSE, &none) == BAD_HANDLE);
    CHECK(WSACleanup() == 0);
    return result();
}
