/* The functions of ntdll that ws2_32 has, made from the Rust sources. Include <winternl.h>, not this file. */

#ifndef WS2_NT_H
#define WS2_NT_H

#include "winternl.h" /* the types */

#ifdef __cplusplus
extern "C" {
#endif

/* CancelIo: cancels what the calling thread has begun on a socket or the device. */
NTSTATUS NtCancelIoFile(HANDLE FileHandle, IO_STATUS_BLOCK *IoStatusBlock) WS2_SYMBOL(ws2_NtCancelIoFile);

/* CancelIoEx: cancels the operation of a status block, or of the OVERLAPPED that begins there, or all
   where that is NULL, whichever thread has begun it. When it returns, the ends of polls are told, also
   of those that have ended otherwise meanwhile: their memory is the program's again. */
NTSTATUS NtCancelIoFileEx(HANDLE FileHandle, IO_STATUS_BLOCK *IoRequestToCancel, IO_STATUS_BLOCK *IoStatusBlock) WS2_SYMBOL(ws2_NtCancelIoFileEx);

/* CloseHandle: closes a handle; with the last one of the device its polls are cancelled. */
NTSTATUS NtClose(HANDLE Handle) WS2_SYMBOL(ws2_NtClose);

/* Opens \Device\Afd, alone or with any name below it, in any letter case: the device of Windows' driver
   for sockets, on which NtDeviceIoControlFile polls. There is nothing else. With one of the two options
   FILE_SYNCHRONOUS_IO_… calls on the handle end when their operations do. */
NTSTATUS NtCreateFile(HANDLE *FileHandle, ACCESS_MASK DesiredAccess, OBJECT_ATTRIBUTES *ObjectAttributes, IO_STATUS_BLOCK *IoStatusBlock, LARGE_INTEGER *AllocationSize, ULONG FileAttributes, ULONG ShareAccess, ULONG CreateDisposition, ULONG CreateOptions, void *EaBuffer, ULONG EaLength) WS2_SYMBOL(ws2_NtCreateFile);

/* Makes a keyed event. Names (\BaseNamedObjects\…) are found within this process. */
NTSTATUS NtCreateKeyedEvent(HANDLE *KeyedEventHandle, ACCESS_MASK DesiredAccess, OBJECT_ATTRIBUTES *ObjectAttributes, ULONG Flags) WS2_SYMBOL(ws2_NtCreateKeyedEvent);

/* Has Windows' driver for sockets do something; FileHandle is a handle of its device or any socket.
   IOCTL_AFD_RECEIVE (0x12017) and IOCTL_AFD_RECEIVE_DATAGRAM (0x1201B) on a socket do what WSARecvFrom
   does (PL19). IOCTL_AFD_POLL (0x12024) waits until one of several sockets has one of several events.
   Both buffers are an AFD_POLL_INFO: when the wait ends at the latest, in 100 nanoseconds (from now
   where it is negative, else from 1601; 0x7FFFFFFFFFFFFFFF: never), how many sockets, whether it is
   exclusive, and for each socket its handle, the events and a status. What comes out has those of the
   sockets that have an event, with those events; both buffers may be the same. */
NTSTATUS NtDeviceIoControlFile(HANDLE FileHandle, HANDLE Event, PIO_APC_ROUTINE ApcRoutine, void *ApcContext, IO_STATUS_BLOCK *IoStatusBlock, ULONG IoControlCode, void *InputBuffer, ULONG InputBufferLength, void *OutputBuffer, ULONG OutputBufferLength) WS2_SYMBOL(ws2_NtDeviceIoControlFile);

/* NtCreateFile for what is there. */
NTSTATUS NtOpenFile(HANDLE *FileHandle, ACCESS_MASK DesiredAccess, OBJECT_ATTRIBUTES *ObjectAttributes, IO_STATUS_BLOCK *IoStatusBlock, ULONG ShareAccess, ULONG OpenOptions) WS2_SYMBOL(ws2_NtOpenFile);

/* A handle to the keyed event of a name. */
NTSTATUS NtOpenKeyedEvent(HANDLE *KeyedEventHandle, ACCESS_MASK DesiredAccess, OBJECT_ATTRIBUTES *ObjectAttributes) WS2_SYMBOL(ws2_NtOpenKeyedEvent);

/* Releases one thread that waits by NtWaitForKeyedEvent with the same key, and waits for one where none
   does: a release is never lost, and never kept. */
NTSTATUS NtReleaseKeyedEvent(HANDLE KeyedEventHandle, void *KeyValue, BOOLEAN Alertable, LARGE_INTEGER *Timeout) WS2_SYMBOL(ws2_NtReleaseKeyedEvent);

/* Waits until another thread calls NtReleaseKeyedEvent with the same keyed event and the same key, and
   lets that pass. The time is that of NtWaitForSingleObject. NULL is a keyed event of the process' own. */
NTSTATUS NtWaitForKeyedEvent(HANDLE KeyedEventHandle, void *KeyValue, BOOLEAN Alertable, LARGE_INTEGER *Timeout) WS2_SYMBOL(ws2_NtWaitForKeyedEvent);

/* WaitForSingleObjectEx with a time that counts 100 nanoseconds: from now where it is negative, else
   from 1601, by the clock as it stands now. 0 only looks; without a time it waits for ever. */
NTSTATUS NtWaitForSingleObject(HANDLE Handle, BOOLEAN Alertable, LARGE_INTEGER *Timeout) WS2_SYMBOL(ws2_NtWaitForSingleObject);

/* Makes a UNICODE_STRING of a text that ends with a NUL: its length in bytes without that, the room with
   it, and its address. A text of more than 32766 characters counts that many. NULL, and a text that
   cannot be read, is the empty one. */
void RtlInitUnicodeString(UNICODE_STRING *DestinationString, const WCHAR *SourceString) WS2_SYMBOL(ws2_RtlInitUnicodeString);

/* The code of Windows itself for a status: for STATUS_PENDING ERROR_IO_PENDING, for STATUS_TIMEOUT
   WAIT_TIMEOUT. A status of the program's own, and one that has a code of Windows in it, is that. */
ULONG RtlNtStatusToDosError(NTSTATUS Status) WS2_SYMBOL(ws2_RtlNtStatusToDosError);

#ifdef __cplusplus
}
#endif

#endif
