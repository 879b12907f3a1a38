/* What the programs share that poll sockets by the device of Windows' driver: the driver's own structures, which are in no header, and
   the functions of ntdll, found by their names. */
#ifndef AFD_H
#define AFD_H

#include "loopback.h"
#include <winternl.h>

#define POLL_COMMAND       0x00012024
#define POLL_RECEIVE       0x0001
#define POLL_EXPEDITED     0x0002
#define POLL_SEND          0x0004
#define POLL_DISCONNECT    0x0008
#define POLL_ABORT         0x0010
#define POLL_LOCAL_CLOSE   0x0020
#define POLL_CONNECT       0x0040
#define POLL_ACCEPT        0x0080
#define POLL_CONNECT_FAIL  0x0100
#define POLL_ALL           0xFFFFFFFF
#define NEVER              0x7FFFFFFFFFFFFFFF

#define SUCCESS            ((NTSTATUS)0)
#define TIMED_OUT          ((NTSTATUS)0x102)
#define NOT_YET            ((NTSTATUS)0x103)
#define VIOLATION          ((NTSTATUS)0xC0000005)
#define BAD_HANDLE         ((NTSTATUS)0xC0000008)
#define BAD_PARAMETER      ((NTSTATUS)0xC000000D)
#define BAD_REQUEST        ((NTSTATUS)0xC0000010)
#define DENIED             ((NTSTATUS)0xC0000022)
#define WRONG_TYPE         ((NTSTATUS)0xC0000024)
#define NO_NAME            ((NTSTATUS)0xC0000034)
#define CANCELLED          ((NTSTATUS)0xC0000120)
#define NONE_FOUND         ((NTSTATUS)0xC0000225)
#define REFUSED            ((NTSTATUS)0xC0000236)

struct polled {
    HANDLE   socket;
    ULONG    events;
    NTSTATUS status;
};

struct poll {
    LARGE_INTEGER timeout;
    ULONG         count;
    ULONG         exclusive;
    struct polled sockets[4];
};

/* The bytes before the list, and with so many sockets. */
#define SIZE(count) ((ULONG)(16 + 16 * (count)))

typedef NTSTATUS (NTAPI *create_file)(PHANDLE, ACCESS_MASK, POBJECT_ATTRIBUTES, PIO_STATUS_BLOCK, PLARGE_INTEGER, ULONG, ULONG,
                                      ULONG, ULONG, PVOID, ULONG);
typedef NTSTATUS (NTAPI *control_file)(HANDLE, HANDLE, PIO_APC_ROUTINE, PVOID, PIO_STATUS_BLOCK, ULONG, PVOID, ULONG, PVOID, ULONG);
typedef NTSTATUS (NTAPI *cancel_file)(HANDLE, PIO_STATUS_BLOCK, PIO_STATUS_BLOCK);
typedef NTSTATUS (NTAPI *create_keyed)(PHANDLE, ACCESS_MASK, POBJECT_ATTRIBUTES, ULONG);
typedef NTSTATUS (NTAPI *meet_keyed)(HANDLE, PVOID, BOOLEAN, PLARGE_INTEGER);
typedef ULONG (NTAPI *status_code)(NTSTATUS);

static create_file nt_create;
static control_file nt_control;
static cancel_file nt_cancel;
static create_keyed nt_keyed;
static meet_keyed nt_wait, nt_release;
static status_code nt_code;

static __inline__ void *nt_function(HMODULE library, const char *name)
{
    FARPROC function = GetProcAddress(library, name);
    void *address;

    memcpy(&address, &function, sizeof(address));
    CHECK(address != NULL);
    return address;
}

#define NT_FIND(variable, name)                            \
    do {                                                   \
        void *found_ = nt_function(library, name);         \
        memcpy(&variable, &found_, sizeof(variable));      \
    } while (0)

static __inline__ void find_functions(void)
{
    HMODULE library = GetModuleHandleA("ntdll.dll");

    CHECK(library != NULL);
    NT_FIND(nt_create, "NtCreateFile");
    NT_FIND(nt_control, "NtDeviceIoControlFile");
    NT_FIND(nt_cancel, "NtCancelIoFileEx");
    NT_FIND(nt_keyed, "NtCreateKeyedEvent");
    NT_FIND(nt_wait, "NtWaitForKeyedEvent");
    NT_FIND(nt_release, "NtReleaseKeyedEvent");
    NT_FIND(nt_code, "RtlNtStatusToDosError");
}

/* Opens what has this name, in 8-bit characters. */
static __inline__ NTSTATUS open_named(const char *name, ULONG options, HANDLE *handle)
{
    WCHAR text[64];
    UNICODE_STRING string;
    OBJECT_ATTRIBUTES attributes;
    IO_STATUS_BLOCK block;
    size_t at, length = strlen(name);

    for (at = 0; at < length; at++)
        text[at] = (WCHAR)name[at];
    string.Length = string.MaximumLength = (USHORT)(2 * length);
    string.Buffer = text;
    InitializeObjectAttributes(&attributes, &string, 0, NULL, NULL);
    return nt_create(handle, SYNCHRONIZE, &attributes, &block, NULL, 0, FILE_SHARE_READ | FILE_SHARE_WRITE, FILE_OPEN, options, NULL,
                     0);
}

static __inline__ HANDLE open_device(void)
{
    HANDLE device = NULL;

    CHECK(open_named("\\Device\\Afd\\Test", 0, &device) == SUCCESS && device != NULL);
    return device;
}

/* Asks for events of one socket. */
static __inline__ void ask(struct poll *poll, SOCKET s, ULONG events, LONGLONG timeout)
{
    memset(poll, 0, sizeof(*poll));
    poll->timeout.QuadPart = timeout;
    poll->count = 1;
    poll->sockets[0].socket = (HANDLE)s;
    poll->sockets[0].events = events;
    poll->sockets[0].status = (NTSTATUS)0xDEADBEEF;
}

/* A connection over the loopback. */
static __inline__ void connected(SOCKET *client, SOCKET *server)
{
    struct sockaddr_in address;
    SOCKET listener = bound(SOCK_STREAM, &address);

    *client = socket(AF_INET, SOCK_STREAM, 0);
    CHECK(connect(*client, (struct sockaddr *)&address, sizeof(address)) == 0);
    *server = accept(listener, NULL, NULL);
    CHECK(*server != INVALID_SOCKET);
    closesocket(listener);
}

#endif
