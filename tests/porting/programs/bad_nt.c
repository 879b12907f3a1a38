/* ntdll's functions (NtCreateFile NtOpenFile NtDeviceIoControlFile NtCancelIoFile NtCancelIoFileEx NtClose NtWaitForSingleObject
   NtCreateKeyedEvent NtOpenKeyedEvent NtReleaseKeyedEvent NtWaitForKeyedEvent RtlNtStatusToDosError RtlInitUnicodeString), found by
   their names, with handles that are none, names that cannot be, and addresses that lead nowhere. */
#include "bad.h"
#include "afd.h"

static NTSTATUS (NTAPI *nt_open)(PHANDLE, ACCESS_MASK, POBJECT_ATTRIBUTES, PIO_STATUS_BLOCK, ULONG, ULONG);
static NTSTATUS (NTAPI *nt_cancel_all)(HANDLE, PIO_STATUS_BLOCK);
static NTSTATUS (NTAPI *nt_close)(HANDLE);
static NTSTATUS (NTAPI *nt_wait_one)(HANDLE, BOOLEAN, PLARGE_INTEGER);
static NTSTATUS (NTAPI *nt_open_keyed)(PHANDLE, ACCESS_MASK, POBJECT_ATTRIBUTES);
static VOID (NTAPI *nt_string)(PUNICODE_STRING, PCWSTR);

static IO_STATUS_BLOCK block;
static LARGE_INTEGER now;

static void of_none(HANDLE h)
{
    GIVES(nt_close(h), BAD_HANDLE);
    GIVES(nt_wait_one(h, FALSE, &now), BAD_HANDLE);
    GIVES(nt_cancel_all(h, &block), BAD_HANDLE);
    GIVES(nt_cancel(h, NULL, &block), BAD_HANDLE);
    GIVES(nt_control(h, NULL, NULL, NULL, &block, POLL_COMMAND, NULL, 0, NULL, 0), BAD_HANDLE);
    if (h != NULL) {
        GIVES(nt_release(h, NULL, FALSE, &now), BAD_HANDLE);
        GIVES(nt_wait(h, NULL, FALSE, &now), BAD_HANDLE);
    }
}

static void of_other_kinds(void)
{
    HANDLE event = of_kind(EVENT);

    GIVES(nt_cancel_all(event, &block), WRONG_TYPE);
    GIVES(nt_cancel(event, NULL, &block), WRONG_TYPE);
    GIVES(nt_control(event, NULL, NULL, NULL, &block, POLL_COMMAND, NULL, 0, NULL, 0), WRONG_TYPE);
    GIVES(nt_release(event, NULL, FALSE, &now), WRONG_TYPE);
    GIVES(nt_wait(event, NULL, FALSE, &now), WRONG_TYPE);
}

static void arguments(void)
{
    static const WCHAR missing[] = { '\\', 'D', 'e', 'v', 'i', 'c', 'e', '\\', 'N', 'o', 'n', 'e', 0 };
    OBJECT_ATTRIBUTES attributes;
    UNICODE_STRING name;
    HANDLE handle = (HANDLE)1, keyed;

    nt_string(&name, missing);
    CHECK(name.Length == sizeof missing - sizeof(WCHAR) && name.MaximumLength == sizeof missing);
    InitializeObjectAttributes(&attributes, &name, 0, NULL, NULL);
    CHECK(nt_create(&handle, SYNCHRONIZE, &attributes, &block, NULL, 0, 0, FILE_OPEN, 0, NULL, 0) < 0);
    CHECK(nt_open(&handle, SYNCHRONIZE, &attributes, &block, 0, 0) < 0);
    CHECK(nt_open_keyed(&handle, GENERIC_ALL, &attributes) < 0);
    attributes.Length = 3;
    GIVES(nt_create(&handle, SYNCHRONIZE, &attributes, &block, NULL, 0, 0, FILE_OPEN, 0, NULL, 0), BAD_PARAMETER);
    GIVES(nt_open(&handle, SYNCHRONIZE, &attributes, &block, 0, 0), BAD_PARAMETER);
    GIVES(nt_keyed(&handle, GENERIC_ALL, &attributes, 0), BAD_PARAMETER);
    GIVES(nt_open_keyed(&handle, GENERIC_ALL, &attributes), BAD_PARAMETER);
    GIVES(nt_keyed(&handle, GENERIC_ALL, NULL, 1), (NTSTATUS)0xC00000F2);
    nt_string(&name, NULL);
    CHECK(name.Length == 0 && name.MaximumLength == 0 && name.Buffer == NULL);
    CHECK(nt_keyed(&keyed, GENERIC_ALL, NULL, 0) == SUCCESS);
    GIVES(nt_release(keyed, (void *)1, FALSE, &now), (NTSTATUS)0xC00000EF);
    GIVES(nt_wait(keyed, (void *)1, FALSE, &now), (NTSTATUS)0xC00000EF);
    GIVES(nt_wait(keyed, (void *)2, FALSE, &now), TIMED_OUT);
    CHECK(nt_close(keyed) == SUCCESS);
    GIVES(nt_close(keyed), BAD_HANDLE);
    CHECK(handle == NULL || handle == (HANDLE)1);
    /* A status that nobody knows. */
    CHECK(nt_code((NTSTATUS)0xCFFFFFFF) == ERROR_MR_MID_NOT_FOUND);
}

static void addresses(void *p)
{
    OBJECT_ATTRIBUTES attributes;
    UNICODE_STRING name;
    HANDLE handle = NULL, keyed, device = open_device();

    InitializeObjectAttributes(&attributes, (UNICODE_STRING *)p, 0, NULL, NULL);
    GIVES(nt_create((HANDLE *)p, SYNCHRONIZE, &attributes, &block, NULL, 0, 0, FILE_OPEN, 0, NULL, 0), VIOLATION);
    GIVES(nt_create(&handle, SYNCHRONIZE, (OBJECT_ATTRIBUTES *)p, &block, NULL, 0, 0, FILE_OPEN, 0, NULL, 0), VIOLATION);
    GIVES(nt_open(&handle, SYNCHRONIZE, (OBJECT_ATTRIBUTES *)p, &block, 0, 0), VIOLATION);
    GIVES(nt_keyed((HANDLE *)p, GENERIC_ALL, NULL, 0), VIOLATION);
    GIVES(nt_open_keyed(&handle, GENERIC_ALL, (OBJECT_ATTRIBUTES *)p), VIOLATION);
    GIVES(nt_control(device, NULL, NULL, NULL, (IO_STATUS_BLOCK *)p, POLL_COMMAND, NULL, 0, NULL, 0), VIOLATION);
    GIVES(nt_cancel_all(device, (IO_STATUS_BLOCK *)p), VIOLATION);
    GIVES(nt_cancel(device, NULL, (IO_STATUS_BLOCK *)p), VIOLATION);
    if (p != NULL) {
        GIVES(nt_open(&handle, SYNCHRONIZE, &attributes, &block, 0, 0), VIOLATION);
        GIVES(nt_control(device, NULL, NULL, NULL, &block, POLL_COMMAND, p, SIZE(1), p, SIZE(1)), VIOLATION);
        GIVES(nt_wait_one(of_kind(EVENT), FALSE, (LARGE_INTEGER *)p), VIOLATION);
        CHECK(nt_keyed(&keyed, GENERIC_ALL, NULL, 0) == SUCCESS);
        GIVES(nt_wait(keyed, NULL, FALSE, (LARGE_INTEGER *)p), VIOLATION);
        GIVES(nt_release(keyed, NULL, FALSE, (LARGE_INTEGER *)p), VIOLATION);
        CHECK(nt_close(keyed) == SUCCESS);
#ifndef __MINGW32__
        nt_string((UNICODE_STRING *)p, NULL);
        nt_string(&name, (WCHAR *)p);
#endif
    }
    (void)name;
    CHECK(handle == NULL && CloseHandle(device));
}

int main(void)
{
    HMODULE library = GetModuleHandleA("ntdll.dll");
    WSADATA data;
    int which;

    CHECK(WSAStartup(MAKEWORD(2, 2), &data) == 0);
    find_functions();
    NT_FIND(nt_open, "NtOpenFile");
    NT_FIND(nt_cancel_all, "NtCancelIoFile");
    NT_FIND(nt_close, "NtClose");
    NT_FIND(nt_wait_one, "NtWaitForSingleObject");
    NT_FIND(nt_open_keyed, "NtOpenKeyedEvent");
    NT_FIND(nt_string, "RtlInitUnicodeString");
    for (which = 0; which < NO_HANDLES; which++)
        of_none(no_handle(which));
    of_other_kinds();
    arguments();
    addresses(NULL);
    for (which = 0; which < NO_ADDRESSES; which++)
        addresses(no_address(which));
    WSACleanup();
    return result();
}
