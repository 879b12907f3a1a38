/* The functions that Windows has beside its sockets, made from the Rust sources. Include <windows.h>, not this file. */

#ifndef WS2_WIN32_H
#define WS2_WIN32_H

#include "ws2_platform.h"
#include "ws2_user.h"
#include "ws2_32.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Makes a console for a process that has none. A program here has what it was started with. */
BOOL AllocConsole(void) WS2_SYMBOL(ws2_AllocConsole);

/* Takes over the console of another process, by its number or ATTACH_PARENT_PROCESS. A program here has
   its parent's. */
BOOL AttachConsole(DWORD dwProcessId) WS2_SYMBOL(ws2_AttachConsole);

/* Lets the terminal ring, where standard output is one, and waits so many milliseconds. The height of
   the tone, 37 to 32767 Hz, has no effect. */
BOOL Beep(DWORD dwFreq, DWORD dwDuration) WS2_SYMBOL(ws2_Beep);

/* Reads a text as the command mode takes it, baud=9600 parity=N data=8 stop=1 or 9600,n,8,1, into a
   control block. What it does not name stays as it is. */
BOOL BuildCommDCBA(const char *lpDef, DCB *lpDCB) WS2_SYMBOL(ws2_BuildCommDCBA);

/* Opens a pipe that keeps messages apart, writes a message, reads the answer, and closes the pipe. Where
   no instance is free it waits as WaitNamedPipe; with NMPWAIT_NOWAIT (1) it does not. */
BOOL CallNamedPipeA(const char *lpNamedPipeName, void *lpInBuffer, DWORD nInBufferSize, void *lpOutBuffer, DWORD nOutBufferSize, DWORD *lpBytesRead, DWORD nTimeOut) WS2_SYMBOL(ws2_CallNamedPipeA);

/* CallNamedPipeA with a name in 16-bit characters. */
BOOL CallNamedPipeW(const WCHAR *lpNamedPipeName, void *lpInBuffer, DWORD nInBufferSize, void *lpOutBuffer, DWORD nOutBufferSize, DWORD *lpBytesRead, DWORD nTimeOut) WS2_SYMBOL(ws2_CallNamedPipeW);

/* Calls a procedure, as one that has taken the place of another does with the other. */
LRESULT CallWindowProcA(WNDPROC lpPrevWndFunc, HWND hWnd, UINT Msg, WPARAM wParam, LPARAM lParam) WS2_SYMBOL(ws2_CallWindowProcA);

/* The same as CallWindowProcA. */
LRESULT CallWindowProcW(WNDPROC lpPrevWndFunc, HWND hWnd, UINT Msg, WPARAM wParam, LPARAM lParam) WS2_SYMBOL(ws2_CallWindowProcW);

/* Ends a break. */
BOOL ClearCommBreak(HANDLE hFile) WS2_SYMBOL(ws2_ClearCommBreak);

/* How much a serial line has received and not sent yet; both places may be NULL. Linux drops what came
   wrong, so there are no errors. */
BOOL ClearCommError(HANDLE hFile, DWORD *lpErrors, COMSTAT *lpStat) WS2_SYMBOL(ws2_ClearCommError);

/* Which of two times is earlier. A time that cannot be read counts as 0. */
LONG CompareFileTime(const FILETIME *lpFileTime1, const FILETIME *lpFileTime2) WS2_SYMBOL(ws2_CompareFileTime);

/* Waits until a client has come to the server's end; after DisconnectNamedPipe the next one can come
   from here on. With an OVERLAPPED, where the end was made with FILE_FLAG_OVERLAPPED, the call returns
   at once and the end of the wait is told as of any operation. */
BOOL ConnectNamedPipe(HANDLE hNamedPipe, OVERLAPPED *lpOverlapped) WS2_SYMBOL(ws2_ConnectNamedPipe);

/* The kind and number of an adapter in 64 bits, which are 0 after an error. */
DWORD ConvertInterfaceIndexToLuid(NET_IFINDEX InterfaceIndex, NET_LUID *InterfaceLuid) WS2_SYMBOL(ws2_ConvertInterfaceIndexToLuid);

/* The number of the adapter of an IF_LUID. */
DWORD ConvertInterfaceLuidToIndex(const NET_LUID *InterfaceLuid, NET_IFINDEX *InterfaceIndex) WS2_SYMBOL(ws2_ConvertInterfaceLuidToIndex);

/* The name of the adapter of an IF_LUID, in room for Length bytes. */
DWORD ConvertInterfaceLuidToNameA(const NET_LUID *InterfaceLuid, char *InterfaceName, SIZE_T Length) WS2_SYMBOL(ws2_ConvertInterfaceLuidToNameA);

/* Likewise in 16-bit characters, of which Length is the count. */
DWORD ConvertInterfaceLuidToNameW(const NET_LUID *InterfaceLuid, WCHAR *InterfaceName, SIZE_T Length) WS2_SYMBOL(ws2_ConvertInterfaceLuidToNameW);

/* The IF_LUID of the adapter with a name of Linux'. */
DWORD ConvertInterfaceNameToLuidA(const char *InterfaceName, NET_LUID *InterfaceLuid) WS2_SYMBOL(ws2_ConvertInterfaceNameToLuidA);

/* Likewise with a name in 16-bit characters. */
DWORD ConvertInterfaceNameToLuidW(const WCHAR *InterfaceName, NET_LUID *InterfaceLuid) WS2_SYMBOL(ws2_ConvertInterfaceNameToLuidW);

/* Copies a file's content, rights and time of writing. A copy that fails midway does not stay. */
BOOL CopyFileA(const char *lpExistingFileName, const char *lpNewFileName, BOOL bFailIfExists) WS2_SYMBOL(ws2_CopyFileA);

/* CopyFileA in 16-bit characters. */
BOOL CopyFileW(const WCHAR *lpExistingFileName, const WCHAR *lpNewFileName, BOOL bFailIfExists) WS2_SYMBOL(ws2_CopyFileW);

/* Makes a directory, with the rights that the process's mask leaves; lpSecurityAttributes is not looked
   at. */
BOOL CreateDirectoryA(const char *lpPathName, SECURITY_ATTRIBUTES *lpSecurityAttributes) WS2_SYMBOL(ws2_CreateDirectoryA);

/* CreateDirectoryA in 16-bit characters. */
BOOL CreateDirectoryW(const WCHAR *lpPathName, SECURITY_ATTRIBUTES *lpSecurityAttributes) WS2_SYMBOL(ws2_CreateDirectoryW);

/* Opens or makes a file. The name may have \ or /; letter case counts in it. NUL, CON, CONIN$ and
   CONOUT$ are what they are on Windows. COM1 to COM9, and with \\.\ in front others, too, are the serial
   lines from /dev/ttyS0 on. The handle is a file descriptor, 3 or more. */
HANDLE CreateFileA(const char *lpFileName, DWORD dwDesiredAccess, DWORD dwShareMode, SECURITY_ATTRIBUTES *lpSecurityAttributes, DWORD dwCreationDisposition, DWORD dwFlagsAndAttributes, HANDLE hTemplateFile) WS2_SYMBOL(ws2_CreateFileA);

/* Makes an object of which views can be mapped: of a file, which grows to the size that is said where it
   is smaller, or with INVALID_HANDLE_VALUE of memory that is zero at first. The size 0 is that of the
   file. The file's own handle may be closed afterwards. With a name it is found by all of this process,
   not by others. */
HANDLE CreateFileMappingA(HANDLE hFile, SECURITY_ATTRIBUTES *lpFileMappingAttributes, DWORD flProtect, DWORD dwMaximumSizeHigh, DWORD dwMaximumSizeLow, const char *lpName) WS2_SYMBOL(ws2_CreateFileMappingA);

/* CreateFileMappingA with a name in 16-bit characters. */
HANDLE CreateFileMappingW(HANDLE hFile, SECURITY_ATTRIBUTES *lpFileMappingAttributes, DWORD flProtect, DWORD dwMaximumSizeHigh, DWORD dwMaximumSizeLow, const WCHAR *lpName) WS2_SYMBOL(ws2_CreateFileMappingW);

/* CreateFileA with a name in 16-bit characters. */
HANDLE CreateFileW(const WCHAR *lpFileName, DWORD dwDesiredAccess, DWORD dwShareMode, SECURITY_ATTRIBUTES *lpSecurityAttributes, DWORD dwCreationDisposition, DWORD dwFlagsAndAttributes, HANDLE hTemplateFile) WS2_SYMBOL(ws2_CreateFileW);

/* Makes an instance of a pipe, to which a client can come at once, and gives the server's end. The name
   is \\.\pipe\NAME with at most 256 characters in all, in which letter case does not count; all
   processes of the user's on this machine find it. / serves for \, but behind \\?\. */
HANDLE CreateNamedPipeA(const char *lpName, DWORD dwOpenMode, DWORD dwPipeMode, DWORD nMaxInstances, DWORD nOutBufferSize, DWORD nInBufferSize, DWORD nDefaultTimeOut, SECURITY_ATTRIBUTES *lpSecurityAttributes) WS2_SYMBOL(ws2_CreateNamedPipeA);

/* CreateNamedPipeA with a name in 16-bit characters. */
HANDLE CreateNamedPipeW(const WCHAR *lpName, DWORD dwOpenMode, DWORD dwPipeMode, DWORD nMaxInstances, DWORD nOutBufferSize, DWORD nInBufferSize, DWORD nDefaultTimeOut, SECURITY_ATTRIBUTES *lpSecurityAttributes) WS2_SYMBOL(ws2_CreateNamedPipeW);

/* Makes a pipe: what is written at one end is read at the other. Programs that are started get both ends
   where lpPipeAttributes says so. nSize is a wish; 0 stands for the system's own, 64 KiB. */
BOOL CreatePipe(HANDLE *hReadPipe, HANDLE *hWritePipe, SECURITY_ATTRIBUTES *lpPipeAttributes, DWORD nSize) WS2_SYMBOL(ws2_CreatePipe);

/* Starts a program. It is named by lpApplicationName, or by the first word of the command line: then it
   is looked for beside this program, in the current directory and in PATH. A name that ends with .exe is
   tried without that, too, and one without an extension in a command line with it. cmd, cmd.exe and
   command.com are this system's shell: what follows /c is run by sh -c. */
BOOL CreateProcessA(const char *lpApplicationName, char *lpCommandLine, SECURITY_ATTRIBUTES *lpProcessAttributes, SECURITY_ATTRIBUTES *lpThreadAttributes, BOOL bInheritHandles, DWORD dwCreationFlags, void *lpEnvironment, const char *lpCurrentDirectory, STARTUPINFOA *lpStartupInfo, PROCESS_INFORMATION *lpProcessInformation) WS2_SYMBOL(ws2_CreateProcessA);

/* CreateProcessA with texts in 16-bit characters. */
BOOL CreateProcessW(const WCHAR *lpApplicationName, WCHAR *lpCommandLine, SECURITY_ATTRIBUTES *lpProcessAttributes, SECURITY_ATTRIBUTES *lpThreadAttributes, BOOL bInheritHandles, DWORD dwCreationFlags, void *lpEnvironment, const WCHAR *lpCurrentDirectory, STARTUPINFOW *lpStartupInfo, PROCESS_INFORMATION *lpProcessInformation) WS2_SYMBOL(ws2_CreateProcessW);

/* Makes a window, which is never shown, of a class that is given by its name or its number. It belongs
   to the calling thread, which has a queue of messages from then on. Its procedure gets WM_NCCREATE and
   WM_CREATE with a CREATESTRUCT, and may refuse. hWndParent is a window, HWND_MESSAGE or NULL: when a
   window ends its children end. */
HWND CreateWindowExA(DWORD dwExStyle, const char *lpClassName, const char *lpWindowName, DWORD dwStyle, int X, int Y, int nWidth, int nHeight, HWND hWndParent, HMENU hMenu, HINSTANCE hInstance, void *lpParam) WS2_SYMBOL(ws2_CreateWindowExA);

/* CreateWindowExA with 16-bit characters. */
HWND CreateWindowExW(DWORD dwExStyle, const WCHAR *lpClassName, const WCHAR *lpWindowName, DWORD dwStyle, int X, int Y, int nWidth, int nHeight, HWND hWndParent, HMENU hMenu, HINSTANCE hInstance, void *lpParam) WS2_SYMBOL(ws2_CreateWindowExW);

/* Stops for a debugger; without one SIGTRAP ends the process. */
void DebugBreak(void) WS2_SYMBOL(ws2_DebugBreak);

/* What a window does with a message that its procedure leaves to it: agrees to be made, and destroys
   itself for WM_CLOSE; nothing else. */
LRESULT DefWindowProcA(HWND hWnd, UINT Msg, WPARAM wParam, LPARAM lParam) WS2_SYMBOL(ws2_DefWindowProcA);

/* The same as DefWindowProcA. */
LRESULT DefWindowProcW(HWND hWnd, UINT Msg, WPARAM wParam, LPARAM lParam) WS2_SYMBOL(ws2_DefWindowProcW);

/* Removes a file's name. A file that is open goes on for those who have it; Windows refuses where
   sharing does not allow it. */
BOOL DeleteFileA(const char *lpFileName) WS2_SYMBOL(ws2_DeleteFileA);

/* DeleteFileA in 16-bit characters. */
BOOL DeleteFileW(const WCHAR *lpFileName) WS2_SYMBOL(ws2_DeleteFileW);

/* Ends a window of the calling thread, and its children. Their procedures get WM_DESTROY and
   WM_NCDESTROY; messages that wait for them, and their timers, are gone. */
BOOL DestroyWindow(HWND hWnd) WS2_SYMBOL(ws2_DestroyWindow);

/* Cuts the client off: what it has not read yet is lost, and its calls fail with
   ERROR_PIPE_NOT_CONNECTED from now on, as those at this end do until ConnectNamedPipe. FlushFileBuffers
   before it waits until all is read. */
BOOL DisconnectNamedPipe(HANDLE hNamedPipe) WS2_SYMBOL(ws2_DisconnectNamedPipe);

/* Calls the procedure of the window that a message is for; that of the timer, where the message is of
   one that has its own. Nothing is done with a message for no window, or for one that is gone. */
LRESULT DispatchMessageA(const MSG *lpMsg) WS2_SYMBOL(ws2_DispatchMessageA);

/* The same as DispatchMessageA. */
LRESULT DispatchMessageW(const MSG *lpMsg) WS2_SYMBOL(ws2_DispatchMessageW);

/* SETRTS (3), CLRRTS (4), SETDTR (5), CLRDTR (6) set a wire; SETBREAK (8), CLRBREAK (9) begin and end a
   break; SETXOFF (1), SETXON (2) stop what is sent and let it go on. */
BOOL EscapeCommFunction(HANDLE hFile, DWORD dwFunc) WS2_SYMBOL(ws2_EscapeCommFunction);

/* Ends the process. Buffers of stdio are written and atexit functions run; Windows leaves that to exit.
   Linux keeps the lowest 8 bits of the code. */
void ExitProcess(UINT uExitCode) WS2_SYMBOL(ws2_ExitProcess);

/* A text in which every %NAME% is replaced by the value of that environment variable. */
DWORD ExpandEnvironmentStringsA(const char *lpSrc, char *lpDst, DWORD nSize) WS2_SYMBOL(ws2_ExpandEnvironmentStringsA);

/* ExpandEnvironmentStringsA in 16-bit characters. */
DWORD ExpandEnvironmentStringsW(const WCHAR *lpSrc, WCHAR *lpDst, DWORD nSize) WS2_SYMBOL(ws2_ExpandEnvironmentStringsW);

/* Local time for a time in UTC, by the zone's offset now. */
BOOL FileTimeToLocalFileTime(const FILETIME *lpFileTime, FILETIME *lpLocalFileTime) WS2_SYMBOL(ws2_FileTimeToLocalFileTime);

/* The date of a count of 100 nanoseconds. */
BOOL FileTimeToSystemTime(const FILETIME *lpFileTime, SYSTEMTIME *lpSystemTime) WS2_SYMBOL(ws2_FileTimeToSystemTime);

/* Sets the colours of the characters that stand at a place. A terminal cannot do that: they keep theirs.
   What is written next by FillConsoleOutputCharacter and others has the colours of
   SetConsoleTextAttribute. */
BOOL FillConsoleOutputAttribute(HANDLE hConsoleOutput, WORD wAttribute, DWORD nLength, COORD dwWriteCoord, DWORD *lpNumberOfAttrsWritten) WS2_SYMBOL(ws2_FillConsoleOutputAttribute);

/* Writes a character so many times, from a place to the end of the screen at most. The cursor stays
   where it was. Bytes above 127, which are no character by themselves, become ?; so do control
   characters. */
BOOL FillConsoleOutputCharacterA(HANDLE hConsoleOutput, char cCharacter, DWORD nLength, COORD dwWriteCoord, DWORD *lpNumberOfCharsWritten) WS2_SYMBOL(ws2_FillConsoleOutputCharacterA);

/* FillConsoleOutputCharacterA with a 16-bit character. */
BOOL FillConsoleOutputCharacterW(HANDLE hConsoleOutput, WCHAR cCharacter, DWORD nLength, COORD dwWriteCoord, DWORD *lpNumberOfCharsWritten) WS2_SYMBOL(ws2_FillConsoleOutputCharacterW);

/* Ends a search. */
BOOL FindClose(HANDLE hFindFile) WS2_SYMBOL(ws2_FindClose);

/* Begins to look for files by a pattern, whose last part may have * and ?; letter case does not count
   there. ? may also be nothing, at the end of a name and before a full stop; .* fits the end of a name
   without one, too; *. fits names without one. Files come sorted by name, . and .. among them. A name
   that is longer than 259 bytes is cut. The search goes on in its directory wherever the program goes. */
HANDLE FindFirstFileA(const char *lpFileName, WIN32_FIND_DATAA *lpFindFileData) WS2_SYMBOL(ws2_FindFirstFileA);

/* FindFirstFileA in 16-bit characters. */
HANDLE FindFirstFileW(const WCHAR *lpFileName, WIN32_FIND_DATAW *lpFindFileData) WS2_SYMBOL(ws2_FindFirstFileW);

/* The next file of a search. */
BOOL FindNextFileA(HANDLE hFindFile, WIN32_FIND_DATAA *lpFindFileData) WS2_SYMBOL(ws2_FindNextFileA);

/* The next file of a search. */
BOOL FindNextFileW(HANDLE hFindFile, WIN32_FIND_DATAW *lpFindFileData) WS2_SYMBOL(ws2_FindNextFileW);

/* The latest window of this process, not one of messages only nor one with a parent, of a class, which
   is given by its name or its number, and with the title that it was made with; NULL stands for any.
   Case does not count. Other programs' windows are not to be had. */
HWND FindWindowA(const char *lpClassName, const char *lpWindowName) WS2_SYMBOL(ws2_FindWindowA);

/* FindWindowA with 16-bit characters. */
HWND FindWindowW(const WCHAR *lpClassName, const WCHAR *lpWindowName) WS2_SYMBOL(ws2_FindWindowW);

/* Throws away what was typed and not read. */
BOOL FlushConsoleInputBuffer(HANDLE hConsoleInput) WS2_SYMBOL(ws2_FlushConsoleInputBuffer);

/* Waits until a file is on the disk; of a pipe with a name, until the other end has read all. Of a pipe
   without one it waits for nothing, since Linux does not tell when it was read. */
BOOL FlushFileBuffers(HANDLE hFile) WS2_SYMBOL(ws2_FlushFileBuffers);

/* Writes what was changed in a part of a view to the file; 0 bytes stand for all from there to the
   view's end. */
BOOL FlushViewOfFile(const void *lpBaseAddress, SIZE_T dwNumberOfBytesToFlush) WS2_SYMBOL(ws2_FlushViewOfFile);

/* The text of an error code, of Winsock or of Windows, or of an HRESULT, in English, ended by a full
   stop and a new line, or a space with FORMAT_MESSAGE_MAX_WIDTH_MASK. With FORMAT_MESSAGE_FROM_STRING
   the text at lpSource, in which %1 and the like are arguments of an array
   (FORMAT_MESSAGE_ARGUMENT_ARRAY). With FORMAT_MESSAGE_ALLOCATE_BUFFER lpBuffer is a pointer's address,
   and LocalFree frees what it gets. FORMAT_MESSAGE_FROM_HMODULE looks where FORMAT_MESSAGE_FROM_SYSTEM
   does. */
DWORD FormatMessageA(DWORD dwFlags, const void *lpSource, DWORD dwMessageId, DWORD dwLanguageId, char *lpBuffer, DWORD nSize, void *Arguments) WS2_SYMBOL(ws2_FormatMessageA);

/* FormatMessageA in 16-bit characters. */
DWORD FormatMessageW(DWORD dwFlags, const void *lpSource, DWORD dwMessageId, DWORD dwLanguageId, WCHAR *lpBuffer, DWORD nSize, void *Arguments) WS2_SYMBOL(ws2_FormatMessageW);

/* Leaves the console. The standard descriptors stay open here, so that what the program has redirected
   goes on. */
BOOL FreeConsole(void) WS2_SYMBOL(ws2_FreeConsole);

/* Gives a library back, which goes with the last time that it was loaded. Those that are this library
   itself stay, and so does what GetModuleHandleEx has pinned. */
BOOL FreeLibrary(HMODULE hLibModule) WS2_SYMBOL(ws2_FreeLibrary);

/* Gives back a table of GetUnicastIpAddressTable. */
void FreeMibTable(void *Memory) WS2_SYMBOL(ws2_FreeMibTable);

/* Sends Ctrl+C (0) or Ctrl+Break (1) to the processes of a group; group 0 is the caller's own. */
BOOL GenerateConsoleCtrlEvent(DWORD dwCtrlEvent, DWORD dwProcessGroupId) WS2_SYMBOL(ws2_GenerateConsoleCtrlEvent);

/* The code page of narrow texts: 65001, UTF-8. */
UINT GetACP(void) WS2_SYMBOL(ws2_GetACP);

/* The network adapters with their addresses: of IPv4 (AF_INET), IPv6 (AF_INET6) or both (AF_UNSPEC, 0).
   SizePointer gives the room in bytes and gets what is needed. Networks, routers of IPv4 and name
   servers are told as the flags ask. Multicast and anycast addresses are not told, nor what DHCP knows.
   An adapter's name, friendly name and description are Linux' name. */
ULONG GetAdaptersAddresses(ULONG Family, ULONG Flags, void *Reserved, IP_ADAPTER_ADDRESSES *AdapterAddresses, ULONG *SizePointer) WS2_SYMBOL(ws2_GetAdaptersAddresses);

/* The network adapters that have addresses of IPv4, without the loopback one; addresses, masks and
   routers are texts. SizePointer gives the room in bytes and gets what is needed. What DHCP knows is not
   told. */
ULONG GetAdaptersInfo(IP_ADAPTER_INFO *AdapterInfo, ULONG *SizePointer) WS2_SYMBOL(ws2_GetAdaptersInfo);

/* The number of the adapter by which packets to an address of IPv4, in network order, leave. */
DWORD GetBestInterface(ULONG dwDestAddr, DWORD *pdwBestIfIndex) WS2_SYMBOL(ws2_GetBestInterface);

/* The wires that the other side sets: MS_CTS_ON (0x10), MS_DSR_ON (0x20), MS_RING_ON (0x40), MS_RLSD_ON
   (0x80). */
BOOL GetCommModemStatus(HANDLE hFile, DWORD *lpModemStat) WS2_SYMBOL(ws2_GetCommModemStatus);

/* How a serial line is set: speed, bits, parity, stop bits and flow control. What Linux does not have is
   0. */
BOOL GetCommState(HANDLE hFile, DCB *lpDCB) WS2_SYMBOL(ws2_GetCommState);

/* The times that were set for a serial line; 0 before. */
BOOL GetCommTimeouts(HANDLE hFile, COMMTIMEOUTS *lpCommTimeouts) WS2_SYMBOL(ws2_GetCommTimeouts);

/* The command line as one text; arguments with blanks are in quotes. */
char *GetCommandLineA(void) WS2_SYMBOL(ws2_GetCommandLineA);

/* The command line as one text of 16-bit characters; arguments with blanks are in quotes. */
WCHAR *GetCommandLineW(void) WS2_SYMBOL(ws2_GetCommandLineW);

/* The machine's name without its domain, in capitals, at most 15 characters. nSize gives the room and
   gets the length without the end. */
BOOL GetComputerNameA(char *lpBuffer, DWORD *nSize) WS2_SYMBOL(ws2_GetComputerNameA);

/* GetComputerNameA in 16-bit characters. */
BOOL GetComputerNameW(WCHAR *lpBuffer, DWORD *nSize) WS2_SYMBOL(ws2_GetComputerNameW);

/* Likewise for what is typed. */
UINT GetConsoleCP(void) WS2_SYMBOL(ws2_GetConsoleCP);

/* The cursor's size in percent of a cell and whether it is seen, as SetConsoleCursorInfo has set them;
   25 and TRUE before. */
BOOL GetConsoleCursorInfo(HANDLE hConsoleOutput, CONSOLE_CURSOR_INFO *lpConsoleCursorInfo) WS2_SYMBOL(ws2_GetConsoleCursorInfo);

/* The modes of the terminal. For input: ENABLE_PROCESSED_INPUT (1, signals), ENABLE_LINE_INPUT (2),
   ENABLE_ECHO_INPUT (4). For output: 7, since control sequences are always understood. */
BOOL GetConsoleMode(HANDLE hConsoleHandle, DWORD *lpMode) WS2_SYMBOL(ws2_GetConsoleMode);

/* The code page that was set for what is written; 65001, UTF-8, at the beginning. */
UINT GetConsoleOutputCP(void) WS2_SYMBOL(ws2_GetConsoleOutputCP);

/* The terminal's size. Where the cursor is, and the colours, a terminal does not tell: 0,0 and 7. */
BOOL GetConsoleScreenBufferInfo(HANDLE hConsoleOutput, CONSOLE_SCREEN_BUFFER_INFO *lpConsoleScreenBufferInfo) WS2_SYMBOL(ws2_GetConsoleScreenBufferInfo);

/* The title that SetConsoleTitle has set last, cut to the room; a terminal does not tell its own. */
DWORD GetConsoleTitleA(char *lpConsoleTitle, DWORD nSize) WS2_SYMBOL(ws2_GetConsoleTitleA);

/* GetConsoleTitleA in 16-bit characters. */
DWORD GetConsoleTitleW(WCHAR *lpConsoleTitle, DWORD nSize) WS2_SYMBOL(ws2_GetConsoleTitleW);

/* The console's window, which there is none of. */
HWND GetConsoleWindow(void) WS2_SYMBOL(ws2_GetConsoleWindow);

/* The working directory, with / between the names. */
DWORD GetCurrentDirectoryA(DWORD nBufferLength, char *lpBuffer) WS2_SYMBOL(ws2_GetCurrentDirectoryA);

/* GetCurrentDirectoryA in 16-bit characters. */
DWORD GetCurrentDirectoryW(DWORD nBufferLength, WCHAR *lpBuffer) WS2_SYMBOL(ws2_GetCurrentDirectoryW);

/* The value of an environment variable. Letter case counts in its name. The program's getenv sees the
   same variables. */
DWORD GetEnvironmentVariableA(const char *lpName, char *lpBuffer, DWORD nSize) WS2_SYMBOL(ws2_GetEnvironmentVariableA);

/* GetEnvironmentVariableA in 16-bit characters. */
DWORD GetEnvironmentVariableW(const WCHAR *lpName, WCHAR *lpBuffer, DWORD nSize) WS2_SYMBOL(ws2_GetEnvironmentVariableW);

/* The code with which a process has ended, or STILL_ACTIVE (259). Linux keeps the lowest 8 bits of what
   a program gives. Where a signal has ended it, it is the code that Windows has for such an end:
   0xC0000005 for SIGSEGV, 0xC000013A for SIGINT, 3 for SIGABRT, else 1. Of a process that is no child of
   this one, or that the program has reaped itself, Linux does not tell it: then it is 0, or what
   TerminateProcess was given here. */
BOOL GetExitCodeProcess(HANDLE hProcess, DWORD *lpExitCode) WS2_SYMBOL(ws2_GetExitCodeProcess);

/* Attributes of a file: directory, read-only (nobody may write), hidden (the name begins with a full
   stop), device, or else normal. */
DWORD GetFileAttributesA(const char *lpFileName) WS2_SYMBOL(ws2_GetFileAttributesA);

/* Attributes, size and times of a file. The time of creation is that of the last change, since Linux
   does not tell it everywhere. */
BOOL GetFileAttributesExA(const char *lpFileName, int fInfoLevelId, void *lpFileInformation) WS2_SYMBOL(ws2_GetFileAttributesExA);

/* GetFileAttributesExA in 16-bit characters. */
BOOL GetFileAttributesExW(const WCHAR *lpFileName, int fInfoLevelId, void *lpFileInformation) WS2_SYMBOL(ws2_GetFileAttributesExW);

/* GetFileAttributesA in 16-bit characters. */
DWORD GetFileAttributesW(const WCHAR *lpFileName) WS2_SYMBOL(ws2_GetFileAttributesW);

/* A file's size in bytes, or how many bytes wait to be read in a pipe; its upper half is told at
   lpFileSizeHigh, which may be NULL. */
DWORD GetFileSize(HANDLE hFile, DWORD *lpFileSizeHigh) WS2_SYMBOL(ws2_GetFileSize);

/* A file's size in bytes, or how many bytes wait to be read in a pipe. */
BOOL GetFileSizeEx(HANDLE hFile, LARGE_INTEGER *lpFileSize) WS2_SYMBOL(ws2_GetFileSizeEx);

/* When a file was read and written; each may be NULL. The time of creation is that of the last change,
   since Linux does not tell it everywhere. */
BOOL GetFileTime(HANDLE hFile, FILETIME *lpCreationTime, FILETIME *lpLastAccessTime, FILETIME *lpLastWriteTime) WS2_SYMBOL(ws2_GetFileTime);

/* What a handle is: FILE_TYPE_DISK (1), FILE_TYPE_CHAR (2, the console), FILE_TYPE_PIPE (3, also a
   socket). */
DWORD GetFileType(HANDLE hFile) WS2_SYMBOL(ws2_GetFileType);

/* The whole name of a file from the root on, without . and ... Nobody looks whether there is such a
   file. It has / where Windows has \. lpFilePart, which may be NULL, gets the place of the last part;
   NULL where the name ends with /. */
DWORD GetFullPathNameA(const char *lpFileName, DWORD nBufferLength, char *lpBuffer, char **lpFilePart) WS2_SYMBOL(ws2_GetFullPathNameA);

/* GetFullPathNameA in 16-bit characters. */
DWORD GetFullPathNameW(const WCHAR *lpFileName, DWORD nBufferLength, WCHAR *lpBuffer, WCHAR **lpFilePart) WS2_SYMBOL(ws2_GetFullPathNameW);

/* The row of GetIfTable of the adapter whose number is in dwIndex. */
DWORD GetIfEntry(MIB_IFROW *pIfRow) WS2_SYMBOL(ws2_GetIfEntry);

/* The machine's adapters, in the order of their numbers, with what they have sent and received; numbers
   of 32 bits go on from 0 behind their end. Names and descriptions are Linux' names. Linux does not say
   when an adapter's state has changed last, nor which packets that were sent were for many. pdwSize
   gives the room in bytes and gets what is needed. */
DWORD GetIfTable(MIB_IFTABLE *pIfTable, ULONG *pdwSize, BOOL bOrder) WS2_SYMBOL(ws2_GetIfTable);

/* The addresses of IPv4 that the machine has, with masks, in the order of the adapters' numbers or, with
   bOrder, of the addresses. pdwSize gives the room in bytes and gets what is needed. */
DWORD GetIpAddrTable(MIB_IPADDRTABLE *pIpAddrTable, ULONG *pdwSize, BOOL bOrder) WS2_SYMBOL(ws2_GetIpAddrTable);

/* The routes of IPv4 in Linux' main table, which has none to the machine's own addresses and for
   broadcasts; with bOrder in the order of where they lead. How old a route is Linux does not say: 0.
   pdwSize gives the room in bytes and gets what is needed. */
DWORD GetIpForwardTable(MIB_IPFORWARDTABLE *pIpForwardTable, ULONG *pdwSize, BOOL bOrder) WS2_SYMBOL(ws2_GetIpForwardTable);

/* How large the console could be: as large as the terminal is. */
COORD GetLargestConsoleWindowSize(HANDLE hConsoleOutput) WS2_SYMBOL(ws2_GetLargestConsoleWindowSize);

/* The date and time in the machine's time zone, or that of TZ. Memory that cannot be written is left
   alone. */
void GetLocalTime(SYSTEMTIME *lpSystemTime) WS2_SYMBOL(ws2_GetLocalTime);

/* Takes the next message out of the calling thread's queue, and waits until there is one: for the window
   hWnd, any (NULL), or none (-1); with numbers from wMsgFilterMin to wMsgFilterMax, all where both are
   0. WM_QUIT comes in any case, once nothing else that is asked for is left; timers come last. What
   other threads send is answered meanwhile. */
BOOL GetMessageA(MSG *lpMsg, HWND hWnd, UINT wMsgFilterMin, UINT wMsgFilterMax) WS2_SYMBOL(ws2_GetMessageA);

/* The same as GetMessageA. */
BOOL GetMessageW(MSG *lpMsg, HWND hWnd, UINT wMsgFilterMin, UINT wMsgFilterMax) WS2_SYMBOL(ws2_GetMessageW);

/* The file of the program, for NULL, with / between the names. A library that is this one is told as
   ws2_32.dll and the like. */
DWORD GetModuleFileNameA(HMODULE hModule, char *lpFilename, DWORD nSize) WS2_SYMBOL(ws2_GetModuleFileNameA);

/* GetModuleFileNameA in 16-bit characters. */
DWORD GetModuleFileNameW(HMODULE hModule, WCHAR *lpFilename, DWORD nSize) WS2_SYMBOL(ws2_GetModuleFileNameW);

/* A library that is loaded already, or with NULL the program itself. Names are as for LoadLibrary. */
HMODULE GetModuleHandleA(const char *lpModuleName) WS2_SYMBOL(ws2_GetModuleHandleA);

/* Likewise, written to phModule, which gets NULL after an error. The library is loaded once more, as by
   LoadLibrary, and is to be given back; with GET_MODULE_HANDLE_EX_FLAG_PIN (1) it stays until the
   process ends, and with GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT (2) it is told only.
   GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS (4) is refused. */
BOOL GetModuleHandleExA(DWORD dwFlags, const char *lpModuleName, HMODULE *phModule) WS2_SYMBOL(ws2_GetModuleHandleExA);

/* GetModuleHandleA with a name in 16-bit characters. */
HMODULE GetModuleHandleW(const WCHAR *lpModuleName) WS2_SYMBOL(ws2_GetModuleHandleW);

/* The machine of the client, where that is another one, which it never is. */
BOOL GetNamedPipeClientComputerNameA(HANDLE Pipe, char *ClientComputerName, ULONG ClientComputerNameLength) WS2_SYMBOL(ws2_GetNamedPipeClientComputerNameA);

/* GetNamedPipeClientComputerNameA in 16-bit characters. */
BOOL GetNamedPipeClientComputerNameW(HANDLE Pipe, WCHAR *ClientComputerName, ULONG ClientComputerNameLength) WS2_SYMBOL(ws2_GetNamedPipeClientComputerNameW);

/* The number of the process that has opened the client's end. */
BOOL GetNamedPipeClientProcessId(HANDLE Pipe, ULONG *ClientProcessId) WS2_SYMBOL(ws2_GetNamedPipeClientProcessId);

/* How an end is set, PIPE_NOWAIT and PIPE_READMODE_MESSAGE; how many instances of the pipe there are; at
   the server's end the name of the client's user, which is the process's own. What is not wanted is
   NULL, and the two for pipes of other machines have to be. */
BOOL GetNamedPipeHandleStateA(HANDLE hNamedPipe, DWORD *lpState, DWORD *lpCurInstances, DWORD *lpMaxCollectionCount, DWORD *lpCollectDataTimeout, char *lpUserName, DWORD nMaxUserNameSize) WS2_SYMBOL(ws2_GetNamedPipeHandleStateA);

/* GetNamedPipeHandleStateA with the name in 16-bit characters. */
BOOL GetNamedPipeHandleStateW(HANDLE hNamedPipe, DWORD *lpState, DWORD *lpCurInstances, DWORD *lpMaxCollectionCount, DWORD *lpCollectDataTimeout, WCHAR *lpUserName, DWORD nMaxUserNameSize) WS2_SYMBOL(ws2_GetNamedPipeHandleStateW);

/* What CreateNamedPipe has laid down: PIPE_SERVER_END (1) or PIPE_CLIENT_END, and PIPE_TYPE_MESSAGE (4)
   or PIPE_TYPE_BYTE; the sizes; the most instances. What is not wanted is NULL. */
BOOL GetNamedPipeInfo(HANDLE hNamedPipe, DWORD *lpFlags, DWORD *lpOutBufferSize, DWORD *lpInBufferSize, DWORD *lpMaxInstances) WS2_SYMBOL(ws2_GetNamedPipeInfo);

/* The number of the process that has made the server's end. */
BOOL GetNamedPipeServerProcessId(HANDLE Pipe, ULONG *ServerProcessId) WS2_SYMBOL(ws2_GetNamedPipeServerProcessId);

/* The same. */
void GetNativeSystemInfo(SYSTEM_INFO *lpSystemInfo) WS2_SYMBOL(ws2_GetNativeSystemInfo);

/* The machine's name, the domain and the name servers of the resolver's configuration (those of IPv4, as
   on Windows), and whether packets are passed on. There is no NetBIOS: the kind of node is
   BROADCAST_NODETYPE. pOutBufLen gives the room in bytes and gets what is needed. */
DWORD GetNetworkParams(FIXED_INFO *pFixedInfo, ULONG *pOutBufLen) WS2_SYMBOL(ws2_GetNetworkParams);

/* How many events ReadConsoleInputA can take without waiting: those of the next key, two for most, or 0. */
BOOL GetNumberOfConsoleInputEvents(HANDLE hConsoleInput, DWORD *lpcNumberOfEvents) WS2_SYMBOL(ws2_GetNumberOfConsoleInputEvents);

/* How many network adapters there are. */
DWORD GetNumberOfInterfaces(DWORD *pdwNumIf) WS2_SYMBOL(ws2_GetNumberOfInterfaces);

/* The code page of the console: 65001, UTF-8. */
UINT GetOEMCP(void) WS2_SYMBOL(ws2_GetOEMCP);

/* A function of a library by its name; of ws2_32 also by the number that Windows' library exports it
   under. */
FARPROC GetProcAddress(HMODULE hModule, const char *lpProcName) WS2_SYMBOL(ws2_GetProcAddress);

/* The heap that every process has. It is never destroyed. */
HANDLE GetProcessHeap(void) WS2_SYMBOL(ws2_GetProcessHeap);

/* The number of a process. */
DWORD GetProcessId(HANDLE Process) WS2_SYMBOL(ws2_GetProcessId);

/* When a process began, and how long it has run in the kernel and in its own code, in 100 nanoseconds.
   The time of the end is 0. Linux tells other processes' times in hundredths of a second. */
BOOL GetProcessTimes(HANDLE hProcess, FILETIME *lpCreationTime, FILETIME *lpExitTime, FILETIME *lpKernelTime, FILETIME *lpUserTime) WS2_SYMBOL(ws2_GetProcessTimes);

/* What the program was started with. Linux keeps nothing of it: all is 0 but the structure's size. */
void GetStartupInfoA(STARTUPINFOA *lpStartupInfo) WS2_SYMBOL(ws2_GetStartupInfoA);

/* GetStartupInfoA with places for texts in 16-bit characters. */
void GetStartupInfoW(STARTUPINFOW *lpStartupInfo) WS2_SYMBOL(ws2_GetStartupInfoW);

/* Standard input, output or error output: STD_INPUT_HANDLE (-10), STD_OUTPUT_HANDLE (-11),
   STD_ERROR_HANDLE (-12). The latter two are descriptors 1 and 2; the former is a number of its own,
   since 0 would be NULL. */
HANDLE GetStdHandle(DWORD nStdHandle) WS2_SYMBOL(ws2_GetStdHandle);

/* A handle for nothing to draw with. */
HGDIOBJ GetStockObject(int i) WS2_SYMBOL(ws2_GetStockObject);

/* The machine: kind and number of processors that the process may use, page size. Memory that cannot be
   written is left alone. */
void GetSystemInfo(SYSTEM_INFO *lpSystemInfo) WS2_SYMBOL(ws2_GetSystemInfo);

/* Measures of the screen, which there is none of. */
int GetSystemMetrics(int nIndex) WS2_SYMBOL(ws2_GetSystemMetrics);

/* The date and time in UTC. Memory that cannot be written is left alone. */
void GetSystemTime(SYSTEMTIME *lpSystemTime) WS2_SYMBOL(ws2_GetSystemTime);

/* The time in UTC, in 100 nanoseconds since the beginning of 1601. Memory that cannot be written is left
   alone. */
void GetSystemTimeAsFileTime(FILETIME *lpSystemTimeAsFileTime) WS2_SYMBOL(ws2_GetSystemTimeAsFileTime);

/* The same: the clock is precise either way. */
void GetSystemTimePreciseAsFileTime(FILETIME *lpSystemTimeAsFileTime) WS2_SYMBOL(ws2_GetSystemTimePreciseAsFileTime);

/* The connections and listeners of TCP over IPv4 of all programs, with bOrder in the order of addresses
   and ports. Sockets of IPv6 that take IPv4 as well are not in it. pdwSize gives the room in bytes and
   gets what is needed. */
DWORD GetTcpTable(MIB_TCPTABLE *pTcpTable, ULONG *pdwSize, BOOL bOrder) WS2_SYMBOL(ws2_GetTcpTable);

/* The directory for temporary files, TMPDIR or /tmp, with a / at its end. */
DWORD GetTempPathA(DWORD nBufferLength, char *lpBuffer) WS2_SYMBOL(ws2_GetTempPathA);

/* GetTempPathA in 16-bit characters. */
DWORD GetTempPathW(DWORD nBufferLength, WCHAR *lpBuffer) WS2_SYMBOL(ws2_GetTempPathW);

/* GetProcessTimes of a thread of this process. Linux tells other threads' times in hundredths of a
   second. */
BOOL GetThreadTimes(HANDLE hThread, FILETIME *lpCreationTime, FILETIME *lpExitTime, FILETIME *lpKernelTime, FILETIME *lpUserTime) WS2_SYMBOL(ws2_GetThreadTimes);

/* Milliseconds since the machine was started, sleep included; begins anew after 49.7 days. */
DWORD GetTickCount(void) WS2_SYMBOL(ws2_GetTickCount);

/* Milliseconds since the machine was started, sleep included. */
ULONGLONG GetTickCount64(void) WS2_SYMBOL(ws2_GetTickCount64);

/* The machine's time zone: minutes that are added to local time to get UTC, and names. The dates on
   which summer time begins and ends are zero. */
DWORD GetTimeZoneInformation(TIME_ZONE_INFORMATION *lpTimeZoneInformation) WS2_SYMBOL(ws2_GetTimeZoneInformation);

/* The ports of UDP over IPv4 that programs have bound, with bOrder in the order of addresses and ports.
   pdwSize gives the room in bytes and gets what is needed. */
DWORD GetUdpTable(MIB_UDPTABLE *pUdpTable, ULONG *pdwSize, BOOL bOrder) WS2_SYMBOL(ws2_GetUdpTable);

/* The addresses of this machine's adapters, of one family or AF_UNSPEC of both, in memory that
   FreeMibTable gives back. When an address was made, and for how long it is valid, Linux is not asked. */
DWORD GetUnicastIpAddressTable(WORD Family, MIB_UNICASTIPADDRESS_TABLE **Table) WS2_SYMBOL(ws2_GetUnicastIpAddressTable);

/* The name of the user that the process runs for. pcbBuffer gives the room and gets the length with the
   end. */
BOOL GetUserNameA(char *lpBuffer, DWORD *pcbBuffer) WS2_SYMBOL(ws2_GetUserNameA);

/* GetUserNameA in 16-bit characters. */
BOOL GetUserNameW(WCHAR *lpBuffer, DWORD *pcbBuffer) WS2_SYMBOL(ws2_GetUserNameW);

/* The version that programs are told, Windows 10: the major one in the lowest byte, the minor one in the
   next, the build in the upper half. */
DWORD GetVersion(void) WS2_SYMBOL(ws2_GetVersion);

/* The version that programs are told: 10.0, build 19045, without a service pack. Of a longer structure
   the first 148 bytes are written. */
BOOL GetVersionExA(OSVERSIONINFOA *lpVersionInformation) WS2_SYMBOL(ws2_GetVersionExA);

/* GetVersionExA with a text of 16-bit characters, in 276 bytes. */
BOOL GetVersionExW(OSVERSIONINFOW *lpVersionInformation) WS2_SYMBOL(ws2_GetVersionExW);

/* GetWindowLongPtrA for numbers of 32 bits: not for procedures, programs and windows. */
LONG GetWindowLongA(HWND hWnd, int nIndex) WS2_SYMBOL(ws2_GetWindowLongA);

/* Reads a number that a window keeps: GWLP_USERDATA, GWLP_WNDPROC, GWLP_HINSTANCE, GWLP_HWNDPARENT,
   GWLP_ID, GWL_STYLE, GWL_EXSTYLE, or in the bytes that its class gives it, from byte nIndex on. */
LONG_PTR GetWindowLongPtrA(HWND hWnd, int nIndex) WS2_SYMBOL(ws2_GetWindowLongPtrA);

/* The same as GetWindowLongPtrA. */
LONG_PTR GetWindowLongPtrW(HWND hWnd, int nIndex) WS2_SYMBOL(ws2_GetWindowLongPtrW);

/* GetWindowLongPtrA for numbers of 32 bits: not for procedures, programs and windows. */
LONG GetWindowLongW(HWND hWnd, int nIndex) WS2_SYMBOL(ws2_GetWindowLongW);

/* The number of a window's thread, and of its process, where that is wanted. */
DWORD GetWindowThreadProcessId(HWND hWnd, DWORD *lpdwProcessId) WS2_SYMBOL(ws2_GetWindowThreadProcessId);

/* A block of memory, zeroed with GMEM_ZEROINIT (0x40). GMEM_MOVEABLE (2) only makes GlobalLock count. */
HGLOBAL GlobalAlloc(UINT uFlags, SIZE_T dwBytes) WS2_SYMBOL(ws2_GlobalAlloc);

/* How often a block is locked, in the lowest 8 bits. */
UINT GlobalFlags(HGLOBAL hMem) WS2_SYMBOL(ws2_GlobalFlags);

/* Gives a block back; NULL is none. */
HGLOBAL GlobalFree(HGLOBAL hMem) WS2_SYMBOL(ws2_GlobalFree);

/* The handle of the block at an address. */
HGLOBAL GlobalHandle(const void *pMem) WS2_SYMBOL(ws2_GlobalHandle);

/* The address of a block; a movable one counts its locks. */
void *GlobalLock(HGLOBAL hMem) WS2_SYMBOL(ws2_GlobalLock);

/* How much memory the machine has, and how much of it can be had. dwLength is 64. */
BOOL GlobalMemoryStatusEx(MEMORYSTATUSEX *lpBuffer) WS2_SYMBOL(ws2_GlobalMemoryStatusEx);

/* Gives a block another size, or with GMEM_MODIFY (0x80) other flags. New bytes are zero with
   GMEM_ZEROINIT. */
HGLOBAL GlobalReAlloc(HGLOBAL hMem, SIZE_T dwBytes, UINT uFlags) WS2_SYMBOL(ws2_GlobalReAlloc);

/* The bytes that were asked for. */
SIZE_T GlobalSize(HGLOBAL hMem) WS2_SYMBOL(ws2_GlobalSize);

/* Takes one lock of a movable block away. */
BOOL GlobalUnlock(HGLOBAL hMem) WS2_SYMBOL(ws2_GlobalUnlock);

/* A block of a heap, zeroed with HEAP_ZERO_MEMORY (8). A block of 0 bytes has an address, too. */
void *HeapAlloc(HANDLE hHeap, DWORD dwFlags, SIZE_T dwBytes) WS2_SYMBOL(ws2_HeapAlloc);

/* Joins free blocks, which the C library does by itself. */
SIZE_T HeapCompact(HANDLE hHeap, DWORD dwFlags) WS2_SYMBOL(ws2_HeapCompact);

/* A new heap. The sizes are taken as advice: it grows as needed, and a maximum is not enforced. */
HANDLE HeapCreate(DWORD flOptions, SIZE_T dwInitialSize, SIZE_T dwMaximumSize) WS2_SYMBOL(ws2_HeapCreate);

/* Ends a heap and frees all of its blocks. */
BOOL HeapDestroy(HANDLE hHeap) WS2_SYMBOL(ws2_HeapDestroy);

/* Gives a block back; NULL is none, and no heap is asked for it. */
BOOL HeapFree(HANDLE hHeap, DWORD dwFlags, void *lpMem) WS2_SYMBOL(ws2_HeapFree);

/* Gives a block another size; it moves unless HEAP_REALLOC_IN_PLACE_ONLY (0x10) is set. With
   HEAP_ZERO_MEMORY new bytes are zero. */
void *HeapReAlloc(HANDLE hHeap, DWORD dwFlags, void *lpMem, SIZE_T dwBytes) WS2_SYMBOL(ws2_HeapReAlloc);

/* Sets what a heap does about corruption and small blocks: taken and of no effect. HeapHandle may be
   NULL. */
BOOL HeapSetInformation(HANDLE HeapHandle, int HeapInformationClass, void *HeapInformation, SIZE_T HeapInformationLength) WS2_SYMBOL(ws2_HeapSetInformation);

/* The bytes that were asked for. */
SIZE_T HeapSize(HANDLE hHeap, DWORD dwFlags, const void *lpMem) WS2_SYMBOL(ws2_HeapSize);

/* Whether the heap, or one block of it, is in order. What stands behind a block is not checked. */
BOOL HeapValidate(HANDLE hHeap, DWORD dwFlags, const void *lpMem) WS2_SYMBOL(ws2_HeapValidate);

/* Closes a handle of IcmpCreateFile. */
BOOL IcmpCloseHandle(HANDLE IcmpHandle) WS2_SYMBOL(ws2_IcmpCloseHandle);

/* A handle with which echo requests are sent. Linux lets who may make raw sockets, or is in a group that
   net.ipv4.ping_group_range names. */
HANDLE IcmpCreateFile(void) WS2_SYMBOL(ws2_IcmpCreateFile);

/* How many replies a buffer of IcmpSendEcho2 has. */
DWORD IcmpParseReplies(void *ReplyBuffer, DWORD ReplySize) WS2_SYMBOL(ws2_IcmpParseReplies);

/* Sends an echo request to an address of IPv4, in network order, and waits for the reply, Timeout
   milliseconds at most. The buffer gets an ICMP_ECHO_REPLY and behind it the data that came back. Other
   machines' messages about the request, as that the host cannot be reached, are replies with another
   Status than 0. Of the options TTL, type of service and IP_FLAG_DF are taken. */
DWORD IcmpSendEcho(HANDLE IcmpHandle, ULONG DestinationAddress, void *RequestData, WORD RequestSize, IP_OPTION_INFORMATION *RequestOptions, void *ReplyBuffer, DWORD ReplySize, DWORD Timeout) WS2_SYMBOL(ws2_IcmpSendEcho);

/* IcmpSendEcho, where neither an event nor a routine is given. */
DWORD IcmpSendEcho2(HANDLE IcmpHandle, HANDLE Event, void *ApcRoutine, void *ApcContext, ULONG DestinationAddress, void *RequestData, WORD RequestSize, IP_OPTION_INFORMATION *RequestOptions, void *ReplyBuffer, DWORD ReplySize, DWORD Timeout) WS2_SYMBOL(ws2_IcmpSendEcho2);

/* IcmpSendEcho2 from an address of this machine; 0 lets the system choose. */
DWORD IcmpSendEcho2Ex(HANDLE IcmpHandle, HANDLE Event, void *ApcRoutine, void *ApcContext, ULONG SourceAddress, ULONG DestinationAddress, void *RequestData, WORD RequestSize, IP_OPTION_INFORMATION *RequestOptions, void *ReplyBuffer, DWORD ReplySize, DWORD Timeout) WS2_SYMBOL(ws2_IcmpSendEcho2Ex);

/* The thread works with the client's rights from now on. Those are the process's own: only processes of
   the user's get to a pipe. So nothing changes. */
BOOL ImpersonateNamedPipeClient(HANDLE hNamedPipe) WS2_SYMBOL(ws2_ImpersonateNamedPipeClient);

/* Whether a byte begins a character of two bytes. There is no such code page here. */
BOOL IsDBCSLeadByte(unsigned char TestChar) WS2_SYMBOL(ws2_IsDBCSLeadByte);

/* Whether a debugger watches the process. */
BOOL IsDebuggerPresent(void) WS2_SYMBOL(ws2_IsDebuggerPresent);

/* Whether there is such a window. */
BOOL IsWindow(HWND hWnd) WS2_SYMBOL(ws2_IsWindow);

/* Whether a program for 32-bit Windows runs on a 64-bit one: never here. */
BOOL IsWow64Process(HANDLE hProcess, BOOL *Wow64Process) WS2_SYMBOL(ws2_IsWow64Process);

/* Stops a timer of the calling thread. */
BOOL KillTimer(HWND hWnd, UINT_PTR uIDEvent) WS2_SYMBOL(ws2_KillTimer);

/* A handle for no picture of the place of the mouse: nobody sees it. */
HCURSOR LoadCursorA(HINSTANCE hInstance, const char *lpCursorName) WS2_SYMBOL(ws2_LoadCursorA);

/* A handle for no picture of the place of the mouse: nobody sees it. */
HCURSOR LoadCursorW(HINSTANCE hInstance, const WCHAR *lpCursorName) WS2_SYMBOL(ws2_LoadCursorW);

/* A handle for no picture of a program: nobody sees it. */
HICON LoadIconA(HINSTANCE hInstance, const char *lpIconName) WS2_SYMBOL(ws2_LoadIconA);

/* A handle for no picture of a program: nobody sees it. */
HICON LoadIconW(HINSTANCE hInstance, const WCHAR *lpIconName) WS2_SYMBOL(ws2_LoadIconW);

/* Loads a library. ws2_32.dll, wsock32.dll, mswsock.dll, kernel32.dll, user32.dll, advapi32.dll,
   winmm.dll, iphlpapi.dll and ntdll.dll, in any letter case, with or without directories and .dll, are
   this library itself; every other name is that of a shared library of Linux. */
HMODULE LoadLibraryA(const char *lpLibFileName) WS2_SYMBOL(ws2_LoadLibraryA);

/* LoadLibraryA; the flags, which say where to look and what not to run, have no effect. */
HMODULE LoadLibraryExA(const char *lpLibFileName, HANDLE hFile, DWORD dwFlags) WS2_SYMBOL(ws2_LoadLibraryExA);

/* Likewise with a name in 16-bit characters. */
HMODULE LoadLibraryExW(const WCHAR *lpLibFileName, HANDLE hFile, DWORD dwFlags) WS2_SYMBOL(ws2_LoadLibraryExW);

/* LoadLibraryA with a name in 16-bit characters. */
HMODULE LoadLibraryW(const WCHAR *lpLibFileName) WS2_SYMBOL(ws2_LoadLibraryW);

/* A block of memory, zeroed with LMEM_ZEROINIT (0x40). LMEM_MOVEABLE (2) only makes LocalLock count. */
HLOCAL LocalAlloc(UINT uFlags, SIZE_T uBytes) WS2_SYMBOL(ws2_LocalAlloc);

/* The time in UTC for a local time, by the zone's offset now. */
BOOL LocalFileTimeToFileTime(const FILETIME *lpLocalFileTime, FILETIME *lpFileTime) WS2_SYMBOL(ws2_LocalFileTimeToFileTime);

/* How often a block is locked, in the lowest 8 bits. */
UINT LocalFlags(HLOCAL hMem) WS2_SYMBOL(ws2_LocalFlags);

/* Gives a block back; NULL is none. */
HLOCAL LocalFree(HLOCAL hMem) WS2_SYMBOL(ws2_LocalFree);

/* The handle of the block at an address. */
HLOCAL LocalHandle(const void *pMem) WS2_SYMBOL(ws2_LocalHandle);

/* The address of a block; a movable one counts its locks. */
void *LocalLock(HLOCAL hMem) WS2_SYMBOL(ws2_LocalLock);

/* Gives a block another size, or with LMEM_MODIFY (0x80) other flags. New bytes are zero with
   LMEM_ZEROINIT. */
HLOCAL LocalReAlloc(HLOCAL hMem, SIZE_T uBytes, UINT uFlags) WS2_SYMBOL(ws2_LocalReAlloc);

/* The bytes that were asked for. */
SIZE_T LocalSize(HLOCAL hMem) WS2_SYMBOL(ws2_LocalSize);

/* Takes one lock of a movable block away. */
BOOL LocalUnlock(HLOCAL hMem) WS2_SYMBOL(ws2_LocalUnlock);

/* Maps a part of a mapping into memory; 0 bytes stand for all from the offset on. The view stays when
   the handle is closed. */
void *MapViewOfFile(HANDLE hFileMappingObject, DWORD dwDesiredAccess, DWORD dwFileOffsetHigh, DWORD dwFileOffsetLow, SIZE_T dwNumberOfBytesToMap) WS2_SYMBOL(ws2_MapViewOfFile);

/* MapViewOfFile at an address that the caller chooses; NULL lets the system choose. */
void *MapViewOfFileEx(HANDLE hFileMappingObject, DWORD dwDesiredAccess, DWORD dwFileOffsetHigh, DWORD dwFileOffsetLow, SIZE_T dwNumberOfBytesToMap, void *lpBaseAddress) WS2_SYMBOL(ws2_MapViewOfFileEx);

/* Makes the terminal sound, if standard error is one. */
BOOL MessageBeep(UINT uType) WS2_SYMBOL(ws2_MessageBeep);

/* Writes the caption and the text to standard error, since there is no window, and answers for the user:
   OK where there is nothing else, or the button that does the least (No, Cancel, Abort), which is then
   named in the text. */
int MessageBoxA(HWND hWnd, const char *lpText, const char *lpCaption, UINT uType) WS2_SYMBOL(ws2_MessageBoxA);

/* MessageBoxA; the language is not looked at. */
int MessageBoxExA(HWND hWnd, const char *lpText, const char *lpCaption, UINT uType, WORD wLanguageId) WS2_SYMBOL(ws2_MessageBoxExA);

/* MessageBoxA in 16-bit characters. */
int MessageBoxW(HWND hWnd, const WCHAR *lpText, const WCHAR *lpCaption, UINT uType) WS2_SYMBOL(ws2_MessageBoxW);

/* Gives a file or directory another name; its own leaves it as it is. */
BOOL MoveFileA(const char *lpExistingFileName, const char *lpNewFileName) WS2_SYMBOL(ws2_MoveFileA);

/* Likewise; with MOVEFILE_REPLACE_EXISTING (1) in place of what has the new name, with
   MOVEFILE_COPY_ALLOWED (2) also to another file system. Moving at the next start of the machine is not
   possible here, and that flag is not looked at. */
BOOL MoveFileExA(const char *lpExistingFileName, const char *lpNewFileName, DWORD dwFlags) WS2_SYMBOL(ws2_MoveFileExA);

/* MoveFileExA in 16-bit characters. */
BOOL MoveFileExW(const WCHAR *lpExistingFileName, const WCHAR *lpNewFileName, DWORD dwFlags) WS2_SYMBOL(ws2_MoveFileExW);

/* MoveFileA in 16-bit characters. */
BOOL MoveFileW(const WCHAR *lpExistingFileName, const WCHAR *lpNewFileName) WS2_SYMBOL(ws2_MoveFileW);

/* Waits for any of up to 63 objects or for something new in the calling thread's queue; with fWaitAll
   for all objects and for that. dwWakeMask is not looked at: all that there is of input is messages,
   what is sent, and timers. What was in the queue when it was last looked into is not new. */
DWORD MsgWaitForMultipleObjects(DWORD nCount, const HANDLE *pHandles, BOOL fWaitAll, DWORD dwMilliseconds, DWORD dwWakeMask) WS2_SYMBOL(ws2_MsgWaitForMultipleObjects);

/* MsgWaitForMultipleObjects with flags: MWMO_WAITALL; MWMO_ALERTABLE: routines that are queued to the
   thread run; MWMO_INPUTAVAILABLE: what is in the queue counts, new or not. */
DWORD MsgWaitForMultipleObjectsEx(DWORD nCount, const HANDLE *pHandles, DWORD dwMilliseconds, DWORD dwWakeMask, DWORD dwFlags) WS2_SYMBOL(ws2_MsgWaitForMultipleObjectsEx);

/* Turns UTF-8 into 16-bit characters. The code pages CP_ACP (0), CP_OEMCP (1), CP_THREAD_ACP (3),
   CP_UTF8 (65001) and 20127 are all UTF-8. A length of −1 means a text with its end, which is turned,
   too. What is no UTF-8 becomes U+FFFD, unless MB_ERR_INVALID_CHARS (8) is set. */
int MultiByteToWideChar(UINT CodePage, DWORD dwFlags, const char *lpMultiByteStr, int cbMultiByte, WCHAR *lpWideCharStr, int cchWideChar) WS2_SYMBOL(ws2_MultiByteToWideChar);

/* A handle to the mapping of a name that this process has given to one before. */
HANDLE OpenFileMappingA(DWORD dwDesiredAccess, BOOL bInheritHandle, const char *lpName) WS2_SYMBOL(ws2_OpenFileMappingA);

/* OpenFileMappingA with a name in 16-bit characters. */
HANDLE OpenFileMappingW(DWORD dwDesiredAccess, BOOL bInheritHandle, const WCHAR *lpName) WS2_SYMBOL(ws2_OpenFileMappingW);

/* A handle to a process of this machine by its number, also to this one. */
HANDLE OpenProcess(DWORD dwDesiredAccess, BOOL bInheritHandle, DWORD dwProcessId) WS2_SYMBOL(ws2_OpenProcess);

/* Writes a text to standard error, where a developer looks who has no debugger. What cannot be read is
   left out. */
void OutputDebugStringA(const char *lpOutputString) WS2_SYMBOL(ws2_OutputDebugStringA);

/* Likewise in 16-bit characters. */
void OutputDebugStringW(const WCHAR *lpOutputString) WS2_SYMBOL(ws2_OutputDebugStringW);

/* Tells the events that ReadConsoleInputA would take, without waiting: those of the next key. ReadFile
   does not get that key any more; ReadConsole does. */
BOOL PeekConsoleInputA(HANDLE hConsoleInput, INPUT_RECORD *lpBuffer, DWORD nLength, DWORD *lpNumberOfEventsRead) WS2_SYMBOL(ws2_PeekConsoleInputA);

/* PeekConsoleInputA with 16-bit characters. */
BOOL PeekConsoleInputW(HANDLE hConsoleInput, INPUT_RECORD *lpBuffer, DWORD nLength, DWORD *lpNumberOfEventsRead) WS2_SYMBOL(ws2_PeekConsoleInputW);

/* Looks for the next message as GetMessageA does, without waiting. With PM_REMOVE it is taken out of the
   queue. */
BOOL PeekMessageA(MSG *lpMsg, HWND hWnd, UINT wMsgFilterMin, UINT wMsgFilterMax, UINT wRemoveMsg) WS2_SYMBOL(ws2_PeekMessageA);

/* The same as PeekMessageA. */
BOOL PeekMessageW(MSG *lpMsg, HWND hWnd, UINT wMsgFilterMin, UINT wMsgFilterMax, UINT wRemoveMsg) WS2_SYMBOL(ws2_PeekMessageW);

/* Tells how much a pipe has to read, and copies its beginning, without taking it out. Every pointer may
   be NULL. Of a pipe that keeps messages apart the first one is copied, and what is left of it is told. */
BOOL PeekNamedPipe(HANDLE hNamedPipe, void *lpBuffer, DWORD nBufferSize, DWORD *lpBytesRead, DWORD *lpTotalBytesAvail, DWORD *lpBytesLeftThisMessage) WS2_SYMBOL(ws2_PeekNamedPipe);

/* Puts a message into the queue of a window's thread, or for NULL into the calling thread's own, and
   does not wait. */
BOOL PostMessageA(HWND hWnd, UINT Msg, WPARAM wParam, LPARAM lParam) WS2_SYMBOL(ws2_PostMessageA);

/* The same as PostMessageA. */
BOOL PostMessageW(HWND hWnd, UINT Msg, WPARAM wParam, LPARAM lParam) WS2_SYMBOL(ws2_PostMessageW);

/* Has the calling thread's loop end: once nothing else is left in its queue, WM_QUIT comes, with
   nExitCode in wParam. */
void PostQuitMessage(int nExitCode) WS2_SYMBOL(ws2_PostQuitMessage);

/* Puts a message for no window into the queue of a thread, which must have one: it has looked for a
   message before, or made a window. */
BOOL PostThreadMessageA(DWORD idThread, UINT Msg, WPARAM wParam, LPARAM lParam) WS2_SYMBOL(ws2_PostThreadMessageA);

/* The same as PostThreadMessageA. */
BOOL PostThreadMessageW(DWORD idThread, UINT Msg, WPARAM wParam, LPARAM lParam) WS2_SYMBOL(ws2_PostThreadMessageW);

/* Throws away what a serial line has received (PURGE_RXCLEAR, 8) and not sent yet (PURGE_TXCLEAR, 4).
   Calls that wait in other threads go on (PURGE_RXABORT, 2; PURGE_TXABORT, 1). */
BOOL PurgeComm(HANDLE hFile, DWORD dwFlags) WS2_SYMBOL(ws2_PurgeComm);

/* A count of 100 nanoseconds that nobody sets. */
BOOL QueryPerformanceCounter(LARGE_INTEGER *lpPerformanceCount) WS2_SYMBOL(ws2_QueryPerformanceCounter);

/* The counts of QueryPerformanceCounter in a second: 10,000,000. */
BOOL QueryPerformanceFrequency(LARGE_INTEGER *lpFrequency) WS2_SYMBOL(ws2_QueryPerformanceFrequency);

/* Reads what was typed at the terminal, ended with \r\n as on Windows where there is room for both. */
BOOL ReadConsoleA(HANDLE hConsoleInput, void *lpBuffer, DWORD nNumberOfCharsToRead, DWORD *lpNumberOfCharsRead, void *pInputControl) WS2_SYMBOL(ws2_ReadConsoleA);

/* Takes events of the console's input, of one key at least, for which it waits: each key that a terminal
   sends goes down and up. Keys that send several bytes (arrows, Insert, the keys with F and the like)
   are one key, Alt is told by Escape in front, Shift and Ctrl as far as the character shows them; scan
   codes are 0; there are no events of the mouse, the window or the focus. Lines and echo are off only
   while this function waits: a program that reads keys switches them off with SetConsoleMode. */
BOOL ReadConsoleInputA(HANDLE hConsoleInput, INPUT_RECORD *lpBuffer, DWORD nLength, DWORD *lpNumberOfEventsRead) WS2_SYMBOL(ws2_ReadConsoleInputA);

/* ReadConsoleInputA with 16-bit characters; the narrow one has ? for what is not ASCII. */
BOOL ReadConsoleInputW(HANDLE hConsoleInput, INPUT_RECORD *lpBuffer, DWORD nLength, DWORD *lpNumberOfEventsRead) WS2_SYMBOL(ws2_ReadConsoleInputW);

/* Reads from a file, the console, a pipe or a socket. With an OVERLAPPED it begins at the place that is
   given there, and the call has ended when it returns: its event, which was reset at first, is set where
   the call has succeeded. The file's position is then behind what was read, but where the file was
   opened with FILE_FLAG_OVERLAPPED: there it stays. Of a socket see there. Of a serial line it ends by
   the times of SetCommTimeouts. At the end of a file and of a connection it succeeds with 0 bytes; what
   was typed ends with \n and not with \r\n. How much was read is told where lpNumberOfBytesRead is not
   NULL, and 0 at first, which stays after an error. */
BOOL ReadFile(HANDLE hFile, void *lpBuffer, DWORD nNumberOfBytesToRead, DWORD *lpNumberOfBytesRead, OVERLAPPED *lpOverlapped) WS2_SYMBOL(ws2_ReadFile);

/* ReadFile whose end is told by a routine: the calling thread runs it when it waits alertably. It gets
   Windows' code, 0 after success, the number of bytes, and lpOverlapped, whose hEvent is the program's. */
BOOL ReadFileEx(HANDLE hFile, void *lpBuffer, DWORD nNumberOfBytesToRead, OVERLAPPED *lpOverlapped, LPOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine) WS2_SYMBOL(ws2_ReadFileEx);

/* Registers a class of windows: its name, its procedure, and how many bytes each window has for the
   program. What is only for a window that is shown is ignored. */
ATOM RegisterClassA(const WNDCLASSA *lpWndClass) WS2_SYMBOL(ws2_RegisterClassA);

/* RegisterClassA with the other structure. */
ATOM RegisterClassExA(const WNDCLASSEXA *unnamedParam1) WS2_SYMBOL(ws2_RegisterClassExA);

/* RegisterClassA with the other structure and 16-bit characters. */
ATOM RegisterClassExW(const WNDCLASSEXW *unnamedParam1) WS2_SYMBOL(ws2_RegisterClassExW);

/* RegisterClassA with 16-bit characters. */
ATOM RegisterClassW(const WNDCLASSW *lpWndClass) WS2_SYMBOL(ws2_RegisterClassW);

/* A number for a message by its name, from 0xC000 on, the same for all of this process who ask by that
   name. */
UINT RegisterWindowMessageA(const char *lpString) WS2_SYMBOL(ws2_RegisterWindowMessageA);

/* RegisterWindowMessageA with 16-bit characters. */
UINT RegisterWindowMessageW(const WCHAR *lpString) WS2_SYMBOL(ws2_RegisterWindowMessageW);

/* Removes an empty directory. */
BOOL RemoveDirectoryA(const char *lpPathName) WS2_SYMBOL(ws2_RemoveDirectoryA);

/* RemoveDirectoryA in 16-bit characters. */
BOOL RemoveDirectoryW(const WCHAR *lpPathName) WS2_SYMBOL(ws2_RemoveDirectoryW);

/* The thread works with the process's rights again, which it always does. */
BOOL RevertToSelf(void) WS2_SYMBOL(ws2_RevertToSelf);

/* Calls a window's procedure. Where the window is another thread's, that thread does it when it next
   looks into its queue, and this one waits, and answers meanwhile what is sent to it. */
LRESULT SendMessageA(HWND hWnd, UINT Msg, WPARAM wParam, LPARAM lParam) WS2_SYMBOL(ws2_SendMessageA);

/* The same as SendMessageA. */
LRESULT SendMessageW(HWND hWnd, UINT Msg, WPARAM wParam, LPARAM lParam) WS2_SYMBOL(ws2_SendMessageW);

/* Begins a break. */
BOOL SetCommBreak(HANDLE hFile) WS2_SYMBOL(ws2_SetCommBreak);

/* Sets a serial line; bytes pass as they are from then on. Taken are the speed, of any number, 5 to 8
   bits, parity, stop bits, hand-shaking by RTS and CTS, and by XON and XOFF with their characters. DSR,
   DTR and the limits of the buffers are the driver's. */
BOOL SetCommState(HANDLE hFile, DCB *lpDCB) WS2_SYMBOL(ws2_SetCommState);

/* Sets how long ReadFile waits on a serial line: for all of the bytes, in milliseconds per byte and in
   addition, and from one byte to the next. MAXDWORD between bytes and 0 otherwise: it takes what is
   there. MAXDWORD, MAXDWORD and a time: it waits so long for the first byte. The device keeps them.
   Those of writing are remembered: Linux' buffer takes what is written. */
BOOL SetCommTimeouts(HANDLE hFile, COMMTIMEOUTS *lpCommTimeouts) WS2_SYMBOL(ws2_SetCommTimeouts);

/* Likewise of what is typed. */
BOOL SetConsoleCP(UINT wCodePageID) WS2_SYMBOL(ws2_SetConsoleCP);

/* Adds or removes a function that is asked when Ctrl+C (0), Ctrl+Break (1, here Ctrl+\), the end of the
   terminal (2) or of the machine (6, here SIGTERM) comes. It runs on a thread of its own and may call
   whatever it likes; calls that wait in other threads go on. The latest handler is asked first; if none
   returns TRUE, and after events 2 and 6 in any case, the process ends with status 0xC000013A, of which
   Linux keeps the lowest 8 bits, without running atexit functions. With NULL, Add says whether Ctrl+C is
   ignored. */
BOOL SetConsoleCtrlHandler(PHANDLER_ROUTINE HandlerRoutine, BOOL Add) WS2_SYMBOL(ws2_SetConsoleCtrlHandler);

/* Shows or hides the cursor; its size, 1 to 100 percent, is remembered and has no effect. */
BOOL SetConsoleCursorInfo(HANDLE hConsoleOutput, const CONSOLE_CURSOR_INFO *lpConsoleCursorInfo) WS2_SYMBOL(ws2_SetConsoleCursorInfo);

/* Moves the cursor to a column and a row of the terminal, counted from 0. */
BOOL SetConsoleCursorPosition(HANDLE hConsoleOutput, COORD dwCursorPosition) WS2_SYMBOL(ws2_SetConsoleCursorPosition);

/* Sets the modes of the terminal for input; those for output are taken and of no effect. They stay when
   the process ends. For output are the standard handles for it, CONOUT$, and what was opened for writing
   only. While a thread waits for a key, those of lines and echo show when it has got it. */
BOOL SetConsoleMode(HANDLE hConsoleHandle, DWORD dwMode) WS2_SYMBOL(ws2_SetConsoleMode);

/* Sets the code page of what is written, which is remembered and changes nothing: it is UTF-8. */
BOOL SetConsoleOutputCP(UINT wCodePageID) WS2_SYMBOL(ws2_SetConsoleOutputCP);

/* Sets how much is kept of what was written. A terminal decides that itself: nothing happens. */
BOOL SetConsoleScreenBufferSize(HANDLE hConsoleOutput, COORD dwSize) WS2_SYMBOL(ws2_SetConsoleScreenBufferSize);

/* Sets the colours of what is written from now on. The program's stdio buffer goes first if the program
   flushes it. */
BOOL SetConsoleTextAttribute(HANDLE hConsoleOutput, WORD wAttributes) WS2_SYMBOL(ws2_SetConsoleTextAttribute);

/* Sets the terminal's title, where standard output is a terminal. */
BOOL SetConsoleTitleA(const char *lpConsoleTitle) WS2_SYMBOL(ws2_SetConsoleTitleA);

/* SetConsoleTitleA in 16-bit characters. */
BOOL SetConsoleTitleW(const WCHAR *lpConsoleTitle) WS2_SYMBOL(ws2_SetConsoleTitleW);

/* Asks the terminal to have so many columns and rows, which it may pass over. bAbsolute is FALSE where
   the numbers are added to what there is. */
BOOL SetConsoleWindowInfo(HANDLE hConsoleOutput, BOOL bAbsolute, const SMALL_RECT *lpConsoleWindow) WS2_SYMBOL(ws2_SetConsoleWindowInfo);

/* Changes the working directory. */
BOOL SetCurrentDirectoryA(const char *lpPathName) WS2_SYMBOL(ws2_SetCurrentDirectoryA);

/* SetCurrentDirectoryA in 16-bit characters. */
BOOL SetCurrentDirectoryW(const WCHAR *lpPathName) WS2_SYMBOL(ws2_SetCurrentDirectoryW);

/* Ends a file at its position. */
BOOL SetEndOfFile(HANDLE hFile) WS2_SYMBOL(ws2_SetEndOfFile);

/* Sets an environment variable, or with NULL removes it, for this process and those that it starts. */
BOOL SetEnvironmentVariableA(const char *lpName, const char *lpValue) WS2_SYMBOL(ws2_SetEnvironmentVariableA);

/* SetEnvironmentVariableA in 16-bit characters. */
BOOL SetEnvironmentVariableW(const WCHAR *lpName, const WCHAR *lpValue) WS2_SYMBOL(ws2_SetEnvironmentVariableW);

/* Says which boxes the system shows after failures. It shows none here; the mode is remembered. */
UINT SetErrorMode(UINT uMode) WS2_SYMBOL(ws2_SetErrorMode);

/* Makes a file read-only, or not; the other attributes have no counterpart and are not looked at. */
BOOL SetFileAttributesA(const char *lpFileName, DWORD dwFileAttributes) WS2_SYMBOL(ws2_SetFileAttributesA);

/* SetFileAttributesA in 16-bit characters. */
BOOL SetFileAttributesW(const WCHAR *lpFileName, DWORD dwFileAttributes) WS2_SYMBOL(ws2_SetFileAttributesW);

/* Moves a file's position: FILE_BEGIN (0), FILE_CURRENT (1), FILE_END (2). The upper half of the
   distance, and of the new position, is at lpDistanceToMoveHigh, which may be NULL. */
DWORD SetFilePointer(HANDLE hFile, LONG lDistanceToMove, LONG *lpDistanceToMoveHigh, DWORD dwMoveMethod) WS2_SYMBOL(ws2_SetFilePointer);

/* Likewise in 64 bits; lpNewFilePointer may be NULL. */
BOOL SetFilePointerEx(HANDLE hFile, LARGE_INTEGER liDistanceToMove, LARGE_INTEGER *lpNewFilePointer, DWORD dwMoveMethod) WS2_SYMBOL(ws2_SetFilePointerEx);

/* Sets when a file was read and written. A time that is NULL, 0 or all ones stays as it is. The time of
   creation is looked at and not set, since Linux sets it alone. */
BOOL SetFileTime(HANDLE hFile, const FILETIME *lpCreationTime, const FILETIME *lpLastAccessTime, const FILETIME *lpLastWriteTime) WS2_SYMBOL(ws2_SetFileTime);

/* Sets how an end reads, PIPE_READMODE_MESSAGE or PIPE_READMODE_BYTE, and whether its calls wait,
   PIPE_WAIT or PIPE_NOWAIT: both at once. lpMode may be NULL. The other two are for pipes of other
   machines and have to be NULL. */
BOOL SetNamedPipeHandleState(HANDLE hNamedPipe, DWORD *lpMode, DWORD *lpMaxCollectionCount, DWORD *lpCollectDataTimeout) WS2_SYMBOL(ws2_SetNamedPipeHandleState);

/* Sets what GetStdHandle gives, and programs that are started get. The C library's stdin, stdout and
   stderr stay what they are, as on Windows. */
BOOL SetStdHandle(DWORD nStdHandle, HANDLE hHandle) WS2_SYMBOL(ws2_SetStdHandle);

/* Has WM_TIMER come every uElapse milliseconds, 10 at least, once nothing else is in the queue: for the
   window, with nIDEvent, whose timer it takes the place of; or without a window for the calling thread,
   with a new number, unless nIDEvent is one of its timers. With lpTimerFunc DispatchMessageA calls that. */
UINT_PTR SetTimer(HWND hWnd, UINT_PTR nIDEvent, UINT uElapse, TIMERPROC lpTimerFunc) WS2_SYMBOL(ws2_SetTimer);

/* Sets the function that is asked before a fault ends the program; NULL takes it away. It gets the code,
   the address and what was touched, and on x86-64 the whole numbers' registers, in the thread where the
   fault is, whose stack it needs: an overflow of the stack is not told. With
   EXCEPTION_CONTINUE_EXECUTION (-1) the instruction is tried again, with the registers of the CONTEXT;
   with EXCEPTION_EXECUTE_HANDLER (1) the program ends at once with the code, of which Linux keeps the
   lowest 8 bits; else the signal does what it would have done, such as writing a core file. */
LPTOP_LEVEL_EXCEPTION_FILTER SetUnhandledExceptionFilter(LPTOP_LEVEL_EXCEPTION_FILTER lpTopLevelExceptionFilter) WS2_SYMBOL(ws2_SetUnhandledExceptionFilter);

/* SetWindowLongPtrA for numbers of 32 bits: not for procedures, programs and windows. */
LONG SetWindowLongA(HWND hWnd, int nIndex, LONG dwNewLong) WS2_SYMBOL(ws2_SetWindowLongA);

/* Sets a number that GetWindowLongPtrA reads. A new procedure gets the messages from then on. */
LONG_PTR SetWindowLongPtrA(HWND hWnd, int nIndex, LONG_PTR dwNewLong) WS2_SYMBOL(ws2_SetWindowLongPtrA);

/* The same as SetWindowLongPtrA. */
LONG_PTR SetWindowLongPtrW(HWND hWnd, int nIndex, LONG_PTR dwNewLong) WS2_SYMBOL(ws2_SetWindowLongPtrW);

/* SetWindowLongPtrA for numbers of 32 bits: not for procedures, programs and windows. */
LONG SetWindowLongW(HWND hWnd, int nIndex, LONG dwNewLong) WS2_SYMBOL(ws2_SetWindowLongW);

/* Recommends sizes of the buffers, which are the driver's own here. */
BOOL SetupComm(HANDLE hFile, DWORD dwInQueue, DWORD dwOutQueue) WS2_SYMBOL(ws2_SetupComm);

/* Shows nothing. */
BOOL ShowWindow(HWND hWnd, int nCmdShow) WS2_SYMBOL(ws2_ShowWindow);

/* Fills a buffer with random bytes of the kernel's. Programs declare it themselves, or call it
   RtlGenRandom. */
BOOLEAN SystemFunction036(void *RandomBuffer, ULONG RandomBufferLength) WS2_SYMBOL(ws2_SystemFunction036);

/* The count of 100 nanoseconds of a date; wDayOfWeek is not looked at. */
BOOL SystemTimeToFileTime(const SYSTEMTIME *lpSystemTime, FILETIME *lpFileTime) WS2_SYMBOL(ws2_SystemTimeToFileTime);

/* Ends a process at once, by SIGKILL; GetExitCodeProcess tells the code. This process ends without
   atexit functions. */
BOOL TerminateProcess(HANDLE hProcess, UINT uExitCode) WS2_SYMBOL(ws2_TerminateProcess);

/* Writes a message and reads the next one that comes. */
BOOL TransactNamedPipe(HANDLE hNamedPipe, void *lpInBuffer, DWORD nInBufferSize, void *lpOutBuffer, DWORD nOutBufferSize, DWORD *lpBytesRead, OVERLAPPED *lpOverlapped) WS2_SYMBOL(ws2_TransactNamedPipe);

/* Makes characters of pressed keys, of which there are none. */
BOOL TranslateMessage(const MSG *lpMsg) WS2_SYMBOL(ws2_TranslateMessage);

/* Sends one byte; here it follows those that wait to be sent. */
BOOL TransmitCommChar(HANDLE hFile, char cChar) WS2_SYMBOL(ws2_TransmitCommChar);

/* What happens to an exception that nobody handles: the program's filter is asked. */
LONG UnhandledExceptionFilter(EXCEPTION_POINTERS *ExceptionInfo) WS2_SYMBOL(ws2_UnhandledExceptionFilter);

/* Takes a view out of memory. What was written reaches the file in any case. */
BOOL UnmapViewOfFile(const void *lpBaseAddress) WS2_SYMBOL(ws2_UnmapViewOfFile);

/* Takes a class away, given by its name or its number. hInstance is ignored. */
BOOL UnregisterClassA(const char *lpClassName, HINSTANCE hInstance) WS2_SYMBOL(ws2_UnregisterClassA);

/* UnregisterClassA with 16-bit characters. */
BOOL UnregisterClassW(const WCHAR *lpClassName, HINSTANCE hInstance) WS2_SYMBOL(ws2_UnregisterClassW);

/* Draws nothing. */
BOOL UpdateWindow(HWND hWnd) WS2_SYMBOL(ws2_UpdateWindow);

/* Adds to a mask for VerifyVersionInfo how one number is compared: TypeMask is VER_MAJORVERSION and the
   like, Condition 1 (equal), 2 (greater), 3 (greater or equal), 4 (less), 5 (less or equal); for suites
   6 (all) or 7 (one). */
ULONGLONG VerSetConditionMask(ULONGLONG ConditionMask, DWORD TypeMask, BYTE Condition) WS2_SYMBOL(ws2_VerSetConditionMask);

/* Whether the system's version is what the structure says, in those of its numbers that dwTypeMask
   names, compared as VerSetConditionMask says. It is 10.0, build 19045, a workstation. */
BOOL VerifyVersionInfoA(OSVERSIONINFOEXA *lpVersionInformation, DWORD dwTypeMask, ULONGLONG dwlConditionMask) WS2_SYMBOL(ws2_VerifyVersionInfoA);

/* VerifyVersionInfoA with a text of 16-bit characters. */
BOOL VerifyVersionInfoW(OSVERSIONINFOEXW *lpVersionInformation, DWORD dwTypeMask, ULONGLONG dwlConditionMask) WS2_SYMBOL(ws2_VerifyVersionInfoW);

/* Reserves pages (MEM_RESERVE), makes reserved ones usable (MEM_COMMIT), or both. Regions begin at
   multiples of 64 KiB, at lpAddress if it is not NULL. New pages are zero. MEM_TOP_DOWN, MEM_LARGE_PAGES
   and the like are not looked at; committing takes no memory before it is used. */
void *VirtualAlloc(void *lpAddress, SIZE_T dwSize, DWORD flAllocationType, DWORD flProtect) WS2_SYMBOL(ws2_VirtualAlloc);

/* MEM_RELEASE gives a whole region back, and dwSize is 0; MEM_DECOMMIT makes pages unusable and forgets
   what they held, with dwSize 0 those of the whole region. Where it is 0, an address within the region's
   first page is the region's. */
BOOL VirtualFree(void *lpAddress, SIZE_T dwSize, DWORD dwFreeType) WS2_SYMBOL(ws2_VirtualFree);

/* Keeps pages in memory. */
BOOL VirtualLock(void *lpAddress, SIZE_T dwSize) WS2_SYMBOL(ws2_VirtualLock);

/* Sets the rights on pages, and tells those of the first one before; nothing is told where it fails. */
BOOL VirtualProtect(void *lpAddress, SIZE_T dwSize, DWORD flNewProtect, DWORD *lpflOldProtect) WS2_SYMBOL(ws2_VirtualProtect);

/* The pages from an address on that have the same state and rights. Reserved pages have no rights, 0;
   AllocationProtect is what the region was made with. */
SIZE_T VirtualQuery(const void *lpAddress, MEMORY_BASIC_INFORMATION *lpBuffer, SIZE_T dwLength) WS2_SYMBOL(ws2_VirtualQuery);

/* Undoes VirtualLock. It succeeds for pages that were not locked, too, where Windows says
   ERROR_NOT_LOCKED: the kernel does not tell them apart. */
BOOL VirtualUnlock(void *lpAddress, SIZE_T dwSize) WS2_SYMBOL(ws2_VirtualUnlock);

/* Waits until there is something new in the calling thread's queue. */
BOOL WaitMessage(void) WS2_SYMBOL(ws2_WaitMessage);

/* Waits until a client can come to an instance of a pipe, for so many milliseconds:
   NMPWAIT_USE_DEFAULT_WAIT (0) stands for what CreateNamedPipe has said, NMPWAIT_WAIT_FOREVER for no
   end. Another client may be faster than the CreateFile that follows. */
BOOL WaitNamedPipeA(const char *lpNamedPipeName, DWORD nTimeOut) WS2_SYMBOL(ws2_WaitNamedPipeA);

/* WaitNamedPipeA with a name in 16-bit characters. */
BOOL WaitNamedPipeW(const WCHAR *lpNamedPipeName, DWORD nTimeOut) WS2_SYMBOL(ws2_WaitNamedPipeW);

/* Turns 16-bit characters into UTF-8. Code pages and lengths are as for MultiByteToWideChar. Halves of
   pairs that stand alone become U+FFFD, unless WC_ERR_INVALID_CHARS (0x80) is set. */
int WideCharToMultiByte(UINT CodePage, DWORD dwFlags, const WCHAR *lpWideCharStr, int cchWideChar, char *lpMultiByteStr, int cbMultiByte, const char *lpDefaultChar, BOOL *lpUsedDefaultChar) WS2_SYMBOL(ws2_WideCharToMultiByte);

/* Starts a program by a command line and does not wait for it, as CreateProcess does. uCmdShow says how
   its window is shown, of which there is none. */
UINT WinExec(const char *lpCmdLine, UINT uCmdShow) WS2_SYMBOL(ws2_WinExec);

/* Writes to the terminal. */
BOOL WriteConsoleA(HANDLE hConsoleOutput, const void *lpBuffer, DWORD nNumberOfCharsToWrite, DWORD *lpNumberOfCharsWritten, void *lpReserved) WS2_SYMBOL(ws2_WriteConsoleA);

/* Writes a rectangle of characters with their colours to the screen, from dwBufferCoord in the cells on;
   what lies beyond the screen or the cells is left out, and lpWriteRegion gets what was written. The
   cursor stays where it is. Bytes that are no ASCII are blanks: one byte is no character of UTF-8. */
BOOL WriteConsoleOutputA(HANDLE hConsoleOutput, const CHAR_INFO *lpBuffer, COORD dwBufferSize, COORD dwBufferCoord, SMALL_RECT *lpWriteRegion) WS2_SYMBOL(ws2_WriteConsoleOutputA);

/* Writes characters at a place of the screen. The cursor stays where it was. */
BOOL WriteConsoleOutputCharacterA(HANDLE hConsoleOutput, const char *lpCharacter, DWORD nLength, COORD dwWriteCoord, DWORD *lpNumberOfCharsWritten) WS2_SYMBOL(ws2_WriteConsoleOutputCharacterA);

/* WriteConsoleOutputCharacterA with 16-bit characters. */
BOOL WriteConsoleOutputCharacterW(HANDLE hConsoleOutput, const WCHAR *lpCharacter, DWORD nLength, COORD dwWriteCoord, DWORD *lpNumberOfCharsWritten) WS2_SYMBOL(ws2_WriteConsoleOutputCharacterW);

/* WriteConsoleOutputA with 16-bit characters. */
BOOL WriteConsoleOutputW(HANDLE hConsoleOutput, const CHAR_INFO *lpBuffer, COORD dwBufferSize, COORD dwBufferCoord, SMALL_RECT *lpWriteRegion) WS2_SYMBOL(ws2_WriteConsoleOutputW);

/* WriteConsoleA in 16-bit characters. */
BOOL WriteConsoleW(HANDLE hConsoleOutput, const void *lpBuffer, DWORD nNumberOfCharsToWrite, DWORD *lpNumberOfCharsWritten, void *lpReserved) WS2_SYMBOL(ws2_WriteConsoleW);

/* Writes to a file, the console, a pipe or a socket: all of it, unless the disk is full or the other
   side goes. With an OVERLAPPED it begins at the place that is given there, behind the end of the file
   where both halves of it are 0xFFFFFFFF; and the call has ended when it returns: its event, which was
   reset at first, is set where the call has succeeded. The file's position is then behind what was
   written, as with ReadFile. How much was written is told where lpNumberOfBytesWritten is not NULL;
   after an error, what was written before it. */
BOOL WriteFile(HANDLE hFile, const void *lpBuffer, DWORD nNumberOfBytesToWrite, DWORD *lpNumberOfBytesWritten, OVERLAPPED *lpOverlapped) WS2_SYMBOL(ws2_WriteFile);

/* WriteFile whose end is told by a routine, as that of ReadFileEx. */
BOOL WriteFileEx(HANDLE hFile, const void *lpBuffer, DWORD nNumberOfBytesToWrite, OVERLAPPED *lpOverlapped, LPOVERLAPPED_COMPLETION_ROUTINE lpCompletionRoutine) WS2_SYMBOL(ws2_WriteFileEx);

/* The name of the adapter with a number, in room for IF_NAMESIZE (256) bytes, of which Linux' names need
   16. */
char *if_indextoname(NET_IFINDEX InterfaceIndex, char *InterfaceName) WS2_SYMBOL(ws2_if_indextoname);

/* The number of the adapter with a name of Linux'. */
NET_IFINDEX if_nametoindex(const char *InterfaceName) WS2_SYMBOL(ws2_if_nametoindex);

/* Puts a text behind another, in bytes. */
char *lstrcatA(char *lpString1, const char *lpString2) WS2_SYMBOL(ws2_lstrcatA);

/* Puts a text behind another, in 16-bit characters. */
WCHAR *lstrcatW(WCHAR *lpString1, const WCHAR *lpString2) WS2_SYMBOL(ws2_lstrcatW);

/* How two texts stand to each other, by the numbers of their characters; Windows goes by the order of
   words. */
int lstrcmpA(const char *lpString1, const char *lpString2) WS2_SYMBOL(ws2_lstrcmpA);

/* How two texts stand to each other, by the numbers of their characters; Windows goes by the order of
   words. */
int lstrcmpW(const WCHAR *lpString1, const WCHAR *lpString2) WS2_SYMBOL(ws2_lstrcmpW);

/* Likewise without regard to letter case. */
int lstrcmpiA(const char *lpString1, const char *lpString2) WS2_SYMBOL(ws2_lstrcmpiA);

/* Likewise without regard to letter case. */
int lstrcmpiW(const WCHAR *lpString1, const WCHAR *lpString2) WS2_SYMBOL(ws2_lstrcmpiW);

/* Copies a text, in bytes. */
char *lstrcpyA(char *lpString1, const char *lpString2) WS2_SYMBOL(ws2_lstrcpyA);

/* Copies a text, in 16-bit characters. */
WCHAR *lstrcpyW(WCHAR *lpString1, const WCHAR *lpString2) WS2_SYMBOL(ws2_lstrcpyW);

/* Copies a text, in bytes, of which at most iMaxLength with the end. */
char *lstrcpynA(char *lpString1, const char *lpString2, int iMaxLength) WS2_SYMBOL(ws2_lstrcpynA);

/* Copies a text, in 16-bit characters, of which at most iMaxLength with the end. */
WCHAR *lstrcpynW(WCHAR *lpString1, const WCHAR *lpString2, int iMaxLength) WS2_SYMBOL(ws2_lstrcpynW);

/* The bytes of a text. */
int lstrlenA(const char *lpString) WS2_SYMBOL(ws2_lstrlenA);

/* The 16-bit characters of a text. */
int lstrlenW(const WCHAR *lpString) WS2_SYMBOL(ws2_lstrlenW);

/* Asks for finer timers, which are as fine as they can be here. */
UINT timeBeginPeriod(UINT uPeriod) WS2_SYMBOL(ws2_timeBeginPeriod);

/* Takes timeBeginPeriod back. */
UINT timeEndPeriod(UINT uPeriod) WS2_SYMBOL(ws2_timeEndPeriod);

/* The shortest and longest period of timers in milliseconds: 1 and 1,000,000. */
UINT timeGetDevCaps(TIMECAPS *ptc, UINT cbtc) WS2_SYMBOL(ws2_timeGetDevCaps);

/* Milliseconds since the machine was started; begins anew after 49.7 days. */
DWORD timeGetTime(void) WS2_SYMBOL(ws2_timeGetTime);

#ifdef __cplusplus
}
#endif

/* The same functions with an unsigned long * for a number of 32 bits. See ws2_dwords.h. */
#include "ws2_dwords.h"

#ifdef WS2_OVERLOADS
static __inline__ BOOL ws2_wide_CallNamedPipeA(const char *lpNamedPipeName, void *lpInBuffer, DWORD nInBufferSize, void *lpOutBuffer, DWORD nOutBufferSize, struct ws2_dwords lpBytesRead, DWORD nTimeOut)
{
    DWORD ws2_lpBytesRead = 0;
    BOOL result = CallNamedPipeA(lpNamedPipeName, lpInBuffer, nInBufferSize, lpOutBuffer, nOutBufferSize, ws2_dwords_lend(lpBytesRead, &ws2_lpBytesRead), nTimeOut);

    ws2_dwords_back(lpBytesRead, ws2_lpBytesRead, result != 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<BOOL, Wide1>::result CallNamedPipeA(const char *lpNamedPipeName, void *lpInBuffer, DWORD nInBufferSize, void *lpOutBuffer, DWORD nOutBufferSize, Wide1 lpBytesRead, DWORD nTimeOut)
{
    return ws2_wide_CallNamedPipeA(lpNamedPipeName, lpInBuffer, nInBufferSize, lpOutBuffer, nOutBufferSize, ws2_dwords_of(lpBytesRead), nTimeOut);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_CallNamedPipeA(lpNamedPipeName, lpInBuffer, nInBufferSize, lpOutBuffer, nOutBufferSize, lpBytesRead, nTimeOut) \
    CallNamedPipeA(lpNamedPipeName, lpInBuffer, nInBufferSize, lpOutBuffer, nOutBufferSize, WS2_LOWER_HALF(lpBytesRead), nTimeOut)
# define CallNamedPipeA(...) \
    WS2_TAKES_7(CallNamedPipeA, ws2_wide_arguments_CallNamedPipeA, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ BOOL ws2_wide_CallNamedPipeW(const WCHAR *lpNamedPipeName, void *lpInBuffer, DWORD nInBufferSize, void *lpOutBuffer, DWORD nOutBufferSize, struct ws2_dwords lpBytesRead, DWORD nTimeOut)
{
    DWORD ws2_lpBytesRead = 0;
    BOOL result = CallNamedPipeW(lpNamedPipeName, lpInBuffer, nInBufferSize, lpOutBuffer, nOutBufferSize, ws2_dwords_lend(lpBytesRead, &ws2_lpBytesRead), nTimeOut);

    ws2_dwords_back(lpBytesRead, ws2_lpBytesRead, result != 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<BOOL, Wide1>::result CallNamedPipeW(const WCHAR *lpNamedPipeName, void *lpInBuffer, DWORD nInBufferSize, void *lpOutBuffer, DWORD nOutBufferSize, Wide1 lpBytesRead, DWORD nTimeOut)
{
    return ws2_wide_CallNamedPipeW(lpNamedPipeName, lpInBuffer, nInBufferSize, lpOutBuffer, nOutBufferSize, ws2_dwords_of(lpBytesRead), nTimeOut);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_CallNamedPipeW(lpNamedPipeName, lpInBuffer, nInBufferSize, lpOutBuffer, nOutBufferSize, lpBytesRead, nTimeOut) \
    CallNamedPipeW(lpNamedPipeName, lpInBuffer, nInBufferSize, lpOutBuffer, nOutBufferSize, WS2_LOWER_HALF(lpBytesRead), nTimeOut)
# define CallNamedPipeW(...) \
    WS2_TAKES_7(CallNamedPipeW, ws2_wide_arguments_CallNamedPipeW, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ BOOL ws2_wide_ClearCommError(HANDLE hFile, struct ws2_dwords lpErrors, COMSTAT *lpStat)
{
    DWORD ws2_lpErrors = 0;
    BOOL result = ClearCommError(hFile, ws2_dwords_lend(lpErrors, &ws2_lpErrors), lpStat);

    ws2_dwords_back(lpErrors, ws2_lpErrors, result != 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<BOOL, Wide1>::result ClearCommError(HANDLE hFile, Wide1 lpErrors, COMSTAT *lpStat)
{
    return ws2_wide_ClearCommError(hFile, ws2_dwords_of(lpErrors), lpStat);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_ClearCommError(hFile, lpErrors, lpStat) \
    ClearCommError(hFile, WS2_LOWER_HALF(lpErrors), lpStat)
# define ClearCommError(...) \
    WS2_TAKES_3(ClearCommError, ws2_wide_arguments_ClearCommError, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ BOOL ws2_wide_FillConsoleOutputAttribute(HANDLE hConsoleOutput, WORD wAttribute, DWORD nLength, COORD dwWriteCoord, struct ws2_dwords lpNumberOfAttrsWritten)
{
    DWORD ws2_lpNumberOfAttrsWritten = 0;
    BOOL result = FillConsoleOutputAttribute(hConsoleOutput, wAttribute, nLength, dwWriteCoord, ws2_dwords_lend(lpNumberOfAttrsWritten, &ws2_lpNumberOfAttrsWritten));

    ws2_dwords_back(lpNumberOfAttrsWritten, ws2_lpNumberOfAttrsWritten, result != 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<BOOL, Wide1>::result FillConsoleOutputAttribute(HANDLE hConsoleOutput, WORD wAttribute, DWORD nLength, COORD dwWriteCoord, Wide1 lpNumberOfAttrsWritten)
{
    return ws2_wide_FillConsoleOutputAttribute(hConsoleOutput, wAttribute, nLength, dwWriteCoord, ws2_dwords_of(lpNumberOfAttrsWritten));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_FillConsoleOutputAttribute(hConsoleOutput, wAttribute, nLength, dwWriteCoord, lpNumberOfAttrsWritten) \
    FillConsoleOutputAttribute(hConsoleOutput, wAttribute, nLength, dwWriteCoord, WS2_LOWER_HALF(lpNumberOfAttrsWritten))
# define FillConsoleOutputAttribute(...) \
    WS2_TAKES_5(FillConsoleOutputAttribute, ws2_wide_arguments_FillConsoleOutputAttribute, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ BOOL ws2_wide_FillConsoleOutputCharacterA(HANDLE hConsoleOutput, char cCharacter, DWORD nLength, COORD dwWriteCoord, struct ws2_dwords lpNumberOfCharsWritten)
{
    DWORD ws2_lpNumberOfCharsWritten = 0;
    BOOL result = FillConsoleOutputCharacterA(hConsoleOutput, cCharacter, nLength, dwWriteCoord, ws2_dwords_lend(lpNumberOfCharsWritten, &ws2_lpNumberOfCharsWritten));

    ws2_dwords_back(lpNumberOfCharsWritten, ws2_lpNumberOfCharsWritten, result != 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<BOOL, Wide1>::result FillConsoleOutputCharacterA(HANDLE hConsoleOutput, char cCharacter, DWORD nLength, COORD dwWriteCoord, Wide1 lpNumberOfCharsWritten)
{
    return ws2_wide_FillConsoleOutputCharacterA(hConsoleOutput, cCharacter, nLength, dwWriteCoord, ws2_dwords_of(lpNumberOfCharsWritten));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_FillConsoleOutputCharacterA(hConsoleOutput, cCharacter, nLength, dwWriteCoord, lpNumberOfCharsWritten) \
    FillConsoleOutputCharacterA(hConsoleOutput, cCharacter, nLength, dwWriteCoord, WS2_LOWER_HALF(lpNumberOfCharsWritten))
# define FillConsoleOutputCharacterA(...) \
    WS2_TAKES_5(FillConsoleOutputCharacterA, ws2_wide_arguments_FillConsoleOutputCharacterA, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ BOOL ws2_wide_FillConsoleOutputCharacterW(HANDLE hConsoleOutput, WCHAR cCharacter, DWORD nLength, COORD dwWriteCoord, struct ws2_dwords lpNumberOfCharsWritten)
{
    DWORD ws2_lpNumberOfCharsWritten = 0;
    BOOL result = FillConsoleOutputCharacterW(hConsoleOutput, cCharacter, nLength, dwWriteCoord, ws2_dwords_lend(lpNumberOfCharsWritten, &ws2_lpNumberOfCharsWritten));

    ws2_dwords_back(lpNumberOfCharsWritten, ws2_lpNumberOfCharsWritten, result != 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<BOOL, Wide1>::result FillConsoleOutputCharacterW(HANDLE hConsoleOutput, WCHAR cCharacter, DWORD nLength, COORD dwWriteCoord, Wide1 lpNumberOfCharsWritten)
{
    return ws2_wide_FillConsoleOutputCharacterW(hConsoleOutput, cCharacter, nLength, dwWriteCoord, ws2_dwords_of(lpNumberOfCharsWritten));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_FillConsoleOutputCharacterW(hConsoleOutput, cCharacter, nLength, dwWriteCoord, lpNumberOfCharsWritten) \
    FillConsoleOutputCharacterW(hConsoleOutput, cCharacter, nLength, dwWriteCoord, WS2_LOWER_HALF(lpNumberOfCharsWritten))
# define FillConsoleOutputCharacterW(...) \
    WS2_TAKES_5(FillConsoleOutputCharacterW, ws2_wide_arguments_FillConsoleOutputCharacterW, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ ULONG ws2_wide_GetAdaptersAddresses(ULONG Family, ULONG Flags, void *Reserved, IP_ADAPTER_ADDRESSES *AdapterAddresses, struct ws2_dwords SizePointer)
{
    DWORD ws2_SizePointer = 0;
    ULONG result = GetAdaptersAddresses(Family, Flags, Reserved, AdapterAddresses, ws2_dwords_lend(SizePointer, &ws2_SizePointer));

    ws2_dwords_back(SizePointer, ws2_SizePointer, result == 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<ULONG, Wide1>::result GetAdaptersAddresses(ULONG Family, ULONG Flags, void *Reserved, IP_ADAPTER_ADDRESSES *AdapterAddresses, Wide1 SizePointer)
{
    return ws2_wide_GetAdaptersAddresses(Family, Flags, Reserved, AdapterAddresses, ws2_dwords_of(SizePointer));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_GetAdaptersAddresses(Family, Flags, Reserved, AdapterAddresses, SizePointer) \
    GetAdaptersAddresses(Family, Flags, Reserved, AdapterAddresses, WS2_LOWER_HALF(SizePointer))
# define GetAdaptersAddresses(...) \
    WS2_TAKES_5(GetAdaptersAddresses, ws2_wide_arguments_GetAdaptersAddresses, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ ULONG ws2_wide_GetAdaptersInfo(IP_ADAPTER_INFO *AdapterInfo, struct ws2_dwords SizePointer)
{
    DWORD ws2_SizePointer = 0;
    ULONG result = GetAdaptersInfo(AdapterInfo, ws2_dwords_lend(SizePointer, &ws2_SizePointer));

    ws2_dwords_back(SizePointer, ws2_SizePointer, result == 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<ULONG, Wide1>::result GetAdaptersInfo(IP_ADAPTER_INFO *AdapterInfo, Wide1 SizePointer)
{
    return ws2_wide_GetAdaptersInfo(AdapterInfo, ws2_dwords_of(SizePointer));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_GetAdaptersInfo(AdapterInfo, SizePointer) \
    GetAdaptersInfo(AdapterInfo, WS2_LOWER_HALF(SizePointer))
# define GetAdaptersInfo(...) \
    WS2_TAKES_2(GetAdaptersInfo, ws2_wide_arguments_GetAdaptersInfo, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ DWORD ws2_wide_GetBestInterface(ULONG dwDestAddr, struct ws2_dwords pdwBestIfIndex)
{
    DWORD ws2_pdwBestIfIndex = 0;
    DWORD result = GetBestInterface(dwDestAddr, ws2_dwords_lend(pdwBestIfIndex, &ws2_pdwBestIfIndex));

    ws2_dwords_back(pdwBestIfIndex, ws2_pdwBestIfIndex, result == 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<DWORD, Wide1>::result GetBestInterface(ULONG dwDestAddr, Wide1 pdwBestIfIndex)
{
    return ws2_wide_GetBestInterface(dwDestAddr, ws2_dwords_of(pdwBestIfIndex));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_GetBestInterface(dwDestAddr, pdwBestIfIndex) \
    GetBestInterface(dwDestAddr, WS2_LOWER_HALF(pdwBestIfIndex))
# define GetBestInterface(...) \
    WS2_TAKES_2(GetBestInterface, ws2_wide_arguments_GetBestInterface, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ BOOL ws2_wide_GetCommModemStatus(HANDLE hFile, struct ws2_dwords lpModemStat)
{
    DWORD ws2_lpModemStat = 0;
    BOOL result = GetCommModemStatus(hFile, ws2_dwords_lend(lpModemStat, &ws2_lpModemStat));

    ws2_dwords_back(lpModemStat, ws2_lpModemStat, result != 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<BOOL, Wide1>::result GetCommModemStatus(HANDLE hFile, Wide1 lpModemStat)
{
    return ws2_wide_GetCommModemStatus(hFile, ws2_dwords_of(lpModemStat));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_GetCommModemStatus(hFile, lpModemStat) \
    GetCommModemStatus(hFile, WS2_LOWER_HALF(lpModemStat))
# define GetCommModemStatus(...) \
    WS2_TAKES_2(GetCommModemStatus, ws2_wide_arguments_GetCommModemStatus, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ BOOL ws2_wide_GetComputerNameA(char *lpBuffer, struct ws2_dwords nSize)
{
    DWORD ws2_nSize = 0;
    BOOL result = GetComputerNameA(lpBuffer, ws2_dwords_lend(nSize, &ws2_nSize));

    ws2_dwords_back(nSize, ws2_nSize, result != 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<BOOL, Wide1>::result GetComputerNameA(char *lpBuffer, Wide1 nSize)
{
    return ws2_wide_GetComputerNameA(lpBuffer, ws2_dwords_of(nSize));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_GetComputerNameA(lpBuffer, nSize) \
    GetComputerNameA(lpBuffer, WS2_LOWER_HALF(nSize))
# define GetComputerNameA(...) \
    WS2_TAKES_2(GetComputerNameA, ws2_wide_arguments_GetComputerNameA, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ BOOL ws2_wide_GetComputerNameW(WCHAR *lpBuffer, struct ws2_dwords nSize)
{
    DWORD ws2_nSize = 0;
    BOOL result = GetComputerNameW(lpBuffer, ws2_dwords_lend(nSize, &ws2_nSize));

    ws2_dwords_back(nSize, ws2_nSize, result != 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<BOOL, Wide1>::result GetComputerNameW(WCHAR *lpBuffer, Wide1 nSize)
{
    return ws2_wide_GetComputerNameW(lpBuffer, ws2_dwords_of(nSize));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_GetComputerNameW(lpBuffer, nSize) \
    GetComputerNameW(lpBuffer, WS2_LOWER_HALF(nSize))
# define GetComputerNameW(...) \
    WS2_TAKES_2(GetComputerNameW, ws2_wide_arguments_GetComputerNameW, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ BOOL ws2_wide_GetConsoleMode(HANDLE hConsoleHandle, struct ws2_dwords lpMode)
{
    DWORD ws2_lpMode = 0;
    BOOL result = GetConsoleMode(hConsoleHandle, ws2_dwords_lend(lpMode, &ws2_lpMode));

    ws2_dwords_back(lpMode, ws2_lpMode, result != 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<BOOL, Wide1>::result GetConsoleMode(HANDLE hConsoleHandle, Wide1 lpMode)
{
    return ws2_wide_GetConsoleMode(hConsoleHandle, ws2_dwords_of(lpMode));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_GetConsoleMode(hConsoleHandle, lpMode) \
    GetConsoleMode(hConsoleHandle, WS2_LOWER_HALF(lpMode))
# define GetConsoleMode(...) \
    WS2_TAKES_2(GetConsoleMode, ws2_wide_arguments_GetConsoleMode, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ BOOL ws2_wide_GetExitCodeProcess(HANDLE hProcess, struct ws2_dwords lpExitCode)
{
    DWORD ws2_lpExitCode = 0;
    BOOL result = GetExitCodeProcess(hProcess, ws2_dwords_lend(lpExitCode, &ws2_lpExitCode));

    ws2_dwords_back(lpExitCode, ws2_lpExitCode, result != 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<BOOL, Wide1>::result GetExitCodeProcess(HANDLE hProcess, Wide1 lpExitCode)
{
    return ws2_wide_GetExitCodeProcess(hProcess, ws2_dwords_of(lpExitCode));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_GetExitCodeProcess(hProcess, lpExitCode) \
    GetExitCodeProcess(hProcess, WS2_LOWER_HALF(lpExitCode))
# define GetExitCodeProcess(...) \
    WS2_TAKES_2(GetExitCodeProcess, ws2_wide_arguments_GetExitCodeProcess, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ DWORD ws2_wide_GetFileSize(HANDLE hFile, struct ws2_dwords lpFileSizeHigh)
{
    DWORD ws2_lpFileSizeHigh = 0;
    DWORD result = GetFileSize(hFile, ws2_dwords_lend(lpFileSizeHigh, &ws2_lpFileSizeHigh));

    ws2_dwords_back(lpFileSizeHigh, ws2_lpFileSizeHigh, result == 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<DWORD, Wide1>::result GetFileSize(HANDLE hFile, Wide1 lpFileSizeHigh)
{
    return ws2_wide_GetFileSize(hFile, ws2_dwords_of(lpFileSizeHigh));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_GetFileSize(hFile, lpFileSizeHigh) \
    GetFileSize(hFile, WS2_LOWER_HALF(lpFileSizeHigh))
# define GetFileSize(...) \
    WS2_TAKES_2(GetFileSize, ws2_wide_arguments_GetFileSize, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ DWORD ws2_wide_GetIfTable(MIB_IFTABLE *pIfTable, struct ws2_dwords pdwSize, BOOL bOrder)
{
    DWORD ws2_pdwSize = 0;
    DWORD result = GetIfTable(pIfTable, ws2_dwords_lend(pdwSize, &ws2_pdwSize), bOrder);

    ws2_dwords_back(pdwSize, ws2_pdwSize, result == 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<DWORD, Wide1>::result GetIfTable(MIB_IFTABLE *pIfTable, Wide1 pdwSize, BOOL bOrder)
{
    return ws2_wide_GetIfTable(pIfTable, ws2_dwords_of(pdwSize), bOrder);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_GetIfTable(pIfTable, pdwSize, bOrder) \
    GetIfTable(pIfTable, WS2_LOWER_HALF(pdwSize), bOrder)
# define GetIfTable(...) \
    WS2_TAKES_3(GetIfTable, ws2_wide_arguments_GetIfTable, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ DWORD ws2_wide_GetIpAddrTable(MIB_IPADDRTABLE *pIpAddrTable, struct ws2_dwords pdwSize, BOOL bOrder)
{
    DWORD ws2_pdwSize = 0;
    DWORD result = GetIpAddrTable(pIpAddrTable, ws2_dwords_lend(pdwSize, &ws2_pdwSize), bOrder);

    ws2_dwords_back(pdwSize, ws2_pdwSize, result == 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<DWORD, Wide1>::result GetIpAddrTable(MIB_IPADDRTABLE *pIpAddrTable, Wide1 pdwSize, BOOL bOrder)
{
    return ws2_wide_GetIpAddrTable(pIpAddrTable, ws2_dwords_of(pdwSize), bOrder);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_GetIpAddrTable(pIpAddrTable, pdwSize, bOrder) \
    GetIpAddrTable(pIpAddrTable, WS2_LOWER_HALF(pdwSize), bOrder)
# define GetIpAddrTable(...) \
    WS2_TAKES_3(GetIpAddrTable, ws2_wide_arguments_GetIpAddrTable, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ DWORD ws2_wide_GetIpForwardTable(MIB_IPFORWARDTABLE *pIpForwardTable, struct ws2_dwords pdwSize, BOOL bOrder)
{
    DWORD ws2_pdwSize = 0;
    DWORD result = GetIpForwardTable(pIpForwardTable, ws2_dwords_lend(pdwSize, &ws2_pdwSize), bOrder);

    ws2_dwords_back(pdwSize, ws2_pdwSize, result == 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<DWORD, Wide1>::result GetIpForwardTable(MIB_IPFORWARDTABLE *pIpForwardTable, Wide1 pdwSize, BOOL bOrder)
{
    return ws2_wide_GetIpForwardTable(pIpForwardTable, ws2_dwords_of(pdwSize), bOrder);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_GetIpForwardTable(pIpForwardTable, pdwSize, bOrder) \
    GetIpForwardTable(pIpForwardTable, WS2_LOWER_HALF(pdwSize), bOrder)
# define GetIpForwardTable(...) \
    WS2_TAKES_3(GetIpForwardTable, ws2_wide_arguments_GetIpForwardTable, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ BOOL ws2_wide_GetNamedPipeClientProcessId(HANDLE Pipe, struct ws2_dwords ClientProcessId)
{
    DWORD ws2_ClientProcessId = 0;
    BOOL result = GetNamedPipeClientProcessId(Pipe, ws2_dwords_lend(ClientProcessId, &ws2_ClientProcessId));

    ws2_dwords_back(ClientProcessId, ws2_ClientProcessId, result != 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<BOOL, Wide1>::result GetNamedPipeClientProcessId(HANDLE Pipe, Wide1 ClientProcessId)
{
    return ws2_wide_GetNamedPipeClientProcessId(Pipe, ws2_dwords_of(ClientProcessId));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_GetNamedPipeClientProcessId(Pipe, ClientProcessId) \
    GetNamedPipeClientProcessId(Pipe, WS2_LOWER_HALF(ClientProcessId))
# define GetNamedPipeClientProcessId(...) \
    WS2_TAKES_2(GetNamedPipeClientProcessId, ws2_wide_arguments_GetNamedPipeClientProcessId, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ BOOL ws2_wide_GetNamedPipeHandleStateA(HANDLE hNamedPipe, struct ws2_dwords lpState, struct ws2_dwords lpCurInstances, struct ws2_dwords lpMaxCollectionCount, struct ws2_dwords lpCollectDataTimeout, char *lpUserName, DWORD nMaxUserNameSize)
{
    DWORD ws2_lpState = 0;
    DWORD ws2_lpCurInstances = 0;
    DWORD ws2_lpMaxCollectionCount = 0;
    DWORD ws2_lpCollectDataTimeout = 0;
    BOOL result = GetNamedPipeHandleStateA(hNamedPipe, ws2_dwords_lend(lpState, &ws2_lpState), ws2_dwords_lend(lpCurInstances, &ws2_lpCurInstances), ws2_dwords_lend(lpMaxCollectionCount, &ws2_lpMaxCollectionCount), ws2_dwords_lend(lpCollectDataTimeout, &ws2_lpCollectDataTimeout), lpUserName, nMaxUserNameSize);

    ws2_dwords_back(lpState, ws2_lpState, result != 0);
    ws2_dwords_back(lpCurInstances, ws2_lpCurInstances, result != 0);
    ws2_dwords_back(lpMaxCollectionCount, ws2_lpMaxCollectionCount, result != 0);
    ws2_dwords_back(lpCollectDataTimeout, ws2_lpCollectDataTimeout, result != 0);
    return result;
}

extern "C++" {
template <typename Wide1, typename Wide2, typename Wide3, typename Wide4>
inline typename ws2_if_wide<BOOL, Wide1, Wide2, Wide3, Wide4>::result GetNamedPipeHandleStateA(HANDLE hNamedPipe, Wide1 lpState, Wide2 lpCurInstances, Wide3 lpMaxCollectionCount, Wide4 lpCollectDataTimeout, char *lpUserName, DWORD nMaxUserNameSize)
{
    return ws2_wide_GetNamedPipeHandleStateA(hNamedPipe, ws2_dwords_of(lpState), ws2_dwords_of(lpCurInstances), ws2_dwords_of(lpMaxCollectionCount), ws2_dwords_of(lpCollectDataTimeout), lpUserName, nMaxUserNameSize);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_GetNamedPipeHandleStateA(hNamedPipe, lpState, lpCurInstances, lpMaxCollectionCount, lpCollectDataTimeout, lpUserName, nMaxUserNameSize) \
    GetNamedPipeHandleStateA(hNamedPipe, WS2_LOWER_HALF(lpState), WS2_LOWER_HALF(lpCurInstances), WS2_LOWER_HALF(lpMaxCollectionCount), WS2_LOWER_HALF(lpCollectDataTimeout), lpUserName, nMaxUserNameSize)
# define GetNamedPipeHandleStateA(...) \
    WS2_TAKES_7(GetNamedPipeHandleStateA, ws2_wide_arguments_GetNamedPipeHandleStateA, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ BOOL ws2_wide_GetNamedPipeHandleStateW(HANDLE hNamedPipe, struct ws2_dwords lpState, struct ws2_dwords lpCurInstances, struct ws2_dwords lpMaxCollectionCount, struct ws2_dwords lpCollectDataTimeout, WCHAR *lpUserName, DWORD nMaxUserNameSize)
{
    DWORD ws2_lpState = 0;
    DWORD ws2_lpCurInstances = 0;
    DWORD ws2_lpMaxCollectionCount = 0;
    DWORD ws2_lpCollectDataTimeout = 0;
    BOOL result = GetNamedPipeHandleStateW(hNamedPipe, ws2_dwords_lend(lpState, &ws2_lpState), ws2_dwords_lend(lpCurInstances, &ws2_lpCurInstances), ws2_dwords_lend(lpMaxCollectionCount, &ws2_lpMaxCollectionCount), ws2_dwords_lend(lpCollectDataTimeout, &ws2_lpCollectDataTimeout), lpUserName, nMaxUserNameSize);

    ws2_dwords_back(lpState, ws2_lpState, result != 0);
    ws2_dwords_back(lpCurInstances, ws2_lpCurInstances, result != 0);
    ws2_dwords_back(lpMaxCollectionCount, ws2_lpMaxCollectionCount, result != 0);
    ws2_dwords_back(lpCollectDataTimeout, ws2_lpCollectDataTimeout, result != 0);
    return result;
}

extern "C++" {
template <typename Wide1, typename Wide2, typename Wide3, typename Wide4>
inline typename ws2_if_wide<BOOL, Wide1, Wide2, Wide3, Wide4>::result GetNamedPipeHandleStateW(HANDLE hNamedPipe, Wide1 lpState, Wide2 lpCurInstances, Wide3 lpMaxCollectionCount, Wide4 lpCollectDataTimeout, WCHAR *lpUserName, DWORD nMaxUserNameSize)
{
    return ws2_wide_GetNamedPipeHandleStateW(hNamedPipe, ws2_dwords_of(lpState), ws2_dwords_of(lpCurInstances), ws2_dwords_of(lpMaxCollectionCount), ws2_dwords_of(lpCollectDataTimeout), lpUserName, nMaxUserNameSize);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_GetNamedPipeHandleStateW(hNamedPipe, lpState, lpCurInstances, lpMaxCollectionCount, lpCollectDataTimeout, lpUserName, nMaxUserNameSize) \
    GetNamedPipeHandleStateW(hNamedPipe, WS2_LOWER_HALF(lpState), WS2_LOWER_HALF(lpCurInstances), WS2_LOWER_HALF(lpMaxCollectionCount), WS2_LOWER_HALF(lpCollectDataTimeout), lpUserName, nMaxUserNameSize)
# define GetNamedPipeHandleStateW(...) \
    WS2_TAKES_7(GetNamedPipeHandleStateW, ws2_wide_arguments_GetNamedPipeHandleStateW, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ BOOL ws2_wide_GetNamedPipeInfo(HANDLE hNamedPipe, struct ws2_dwords lpFlags, struct ws2_dwords lpOutBufferSize, struct ws2_dwords lpInBufferSize, struct ws2_dwords lpMaxInstances)
{
    DWORD ws2_lpFlags = 0;
    DWORD ws2_lpOutBufferSize = 0;
    DWORD ws2_lpInBufferSize = 0;
    DWORD ws2_lpMaxInstances = 0;
    BOOL result = GetNamedPipeInfo(hNamedPipe, ws2_dwords_lend(lpFlags, &ws2_lpFlags), ws2_dwords_lend(lpOutBufferSize, &ws2_lpOutBufferSize), ws2_dwords_lend(lpInBufferSize, &ws2_lpInBufferSize), ws2_dwords_lend(lpMaxInstances, &ws2_lpMaxInstances));

    ws2_dwords_back(lpFlags, ws2_lpFlags, result != 0);
    ws2_dwords_back(lpOutBufferSize, ws2_lpOutBufferSize, result != 0);
    ws2_dwords_back(lpInBufferSize, ws2_lpInBufferSize, result != 0);
    ws2_dwords_back(lpMaxInstances, ws2_lpMaxInstances, result != 0);
    return result;
}

extern "C++" {
template <typename Wide1, typename Wide2, typename Wide3, typename Wide4>
inline typename ws2_if_wide<BOOL, Wide1, Wide2, Wide3, Wide4>::result GetNamedPipeInfo(HANDLE hNamedPipe, Wide1 lpFlags, Wide2 lpOutBufferSize, Wide3 lpInBufferSize, Wide4 lpMaxInstances)
{
    return ws2_wide_GetNamedPipeInfo(hNamedPipe, ws2_dwords_of(lpFlags), ws2_dwords_of(lpOutBufferSize), ws2_dwords_of(lpInBufferSize), ws2_dwords_of(lpMaxInstances));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_GetNamedPipeInfo(hNamedPipe, lpFlags, lpOutBufferSize, lpInBufferSize, lpMaxInstances) \
    GetNamedPipeInfo(hNamedPipe, WS2_LOWER_HALF(lpFlags), WS2_LOWER_HALF(lpOutBufferSize), WS2_LOWER_HALF(lpInBufferSize), WS2_LOWER_HALF(lpMaxInstances))
# define GetNamedPipeInfo(...) \
    WS2_TAKES_5(GetNamedPipeInfo, ws2_wide_arguments_GetNamedPipeInfo, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ BOOL ws2_wide_GetNamedPipeServerProcessId(HANDLE Pipe, struct ws2_dwords ServerProcessId)
{
    DWORD ws2_ServerProcessId = 0;
    BOOL result = GetNamedPipeServerProcessId(Pipe, ws2_dwords_lend(ServerProcessId, &ws2_ServerProcessId));

    ws2_dwords_back(ServerProcessId, ws2_ServerProcessId, result != 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<BOOL, Wide1>::result GetNamedPipeServerProcessId(HANDLE Pipe, Wide1 ServerProcessId)
{
    return ws2_wide_GetNamedPipeServerProcessId(Pipe, ws2_dwords_of(ServerProcessId));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_GetNamedPipeServerProcessId(Pipe, ServerProcessId) \
    GetNamedPipeServerProcessId(Pipe, WS2_LOWER_HALF(ServerProcessId))
# define GetNamedPipeServerProcessId(...) \
    WS2_TAKES_2(GetNamedPipeServerProcessId, ws2_wide_arguments_GetNamedPipeServerProcessId, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ DWORD ws2_wide_GetNetworkParams(FIXED_INFO *pFixedInfo, struct ws2_dwords pOutBufLen)
{
    DWORD ws2_pOutBufLen = 0;
    DWORD result = GetNetworkParams(pFixedInfo, ws2_dwords_lend(pOutBufLen, &ws2_pOutBufLen));

    ws2_dwords_back(pOutBufLen, ws2_pOutBufLen, result == 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<DWORD, Wide1>::result GetNetworkParams(FIXED_INFO *pFixedInfo, Wide1 pOutBufLen)
{
    return ws2_wide_GetNetworkParams(pFixedInfo, ws2_dwords_of(pOutBufLen));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_GetNetworkParams(pFixedInfo, pOutBufLen) \
    GetNetworkParams(pFixedInfo, WS2_LOWER_HALF(pOutBufLen))
# define GetNetworkParams(...) \
    WS2_TAKES_2(GetNetworkParams, ws2_wide_arguments_GetNetworkParams, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ BOOL ws2_wide_GetNumberOfConsoleInputEvents(HANDLE hConsoleInput, struct ws2_dwords lpcNumberOfEvents)
{
    DWORD ws2_lpcNumberOfEvents = 0;
    BOOL result = GetNumberOfConsoleInputEvents(hConsoleInput, ws2_dwords_lend(lpcNumberOfEvents, &ws2_lpcNumberOfEvents));

    ws2_dwords_back(lpcNumberOfEvents, ws2_lpcNumberOfEvents, result != 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<BOOL, Wide1>::result GetNumberOfConsoleInputEvents(HANDLE hConsoleInput, Wide1 lpcNumberOfEvents)
{
    return ws2_wide_GetNumberOfConsoleInputEvents(hConsoleInput, ws2_dwords_of(lpcNumberOfEvents));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_GetNumberOfConsoleInputEvents(hConsoleInput, lpcNumberOfEvents) \
    GetNumberOfConsoleInputEvents(hConsoleInput, WS2_LOWER_HALF(lpcNumberOfEvents))
# define GetNumberOfConsoleInputEvents(...) \
    WS2_TAKES_2(GetNumberOfConsoleInputEvents, ws2_wide_arguments_GetNumberOfConsoleInputEvents, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ DWORD ws2_wide_GetNumberOfInterfaces(struct ws2_dwords pdwNumIf)
{
    DWORD ws2_pdwNumIf = 0;
    DWORD result = GetNumberOfInterfaces(ws2_dwords_lend(pdwNumIf, &ws2_pdwNumIf));

    ws2_dwords_back(pdwNumIf, ws2_pdwNumIf, result == 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<DWORD, Wide1>::result GetNumberOfInterfaces(Wide1 pdwNumIf)
{
    return ws2_wide_GetNumberOfInterfaces(ws2_dwords_of(pdwNumIf));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_GetNumberOfInterfaces(pdwNumIf) \
    GetNumberOfInterfaces(WS2_LOWER_HALF(pdwNumIf))
# define GetNumberOfInterfaces(...) \
    WS2_TAKES_1(GetNumberOfInterfaces, ws2_wide_arguments_GetNumberOfInterfaces, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ DWORD ws2_wide_GetTcpTable(MIB_TCPTABLE *pTcpTable, struct ws2_dwords pdwSize, BOOL bOrder)
{
    DWORD ws2_pdwSize = 0;
    DWORD result = GetTcpTable(pTcpTable, ws2_dwords_lend(pdwSize, &ws2_pdwSize), bOrder);

    ws2_dwords_back(pdwSize, ws2_pdwSize, result == 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<DWORD, Wide1>::result GetTcpTable(MIB_TCPTABLE *pTcpTable, Wide1 pdwSize, BOOL bOrder)
{
    return ws2_wide_GetTcpTable(pTcpTable, ws2_dwords_of(pdwSize), bOrder);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_GetTcpTable(pTcpTable, pdwSize, bOrder) \
    GetTcpTable(pTcpTable, WS2_LOWER_HALF(pdwSize), bOrder)
# define GetTcpTable(...) \
    WS2_TAKES_3(GetTcpTable, ws2_wide_arguments_GetTcpTable, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ DWORD ws2_wide_GetUdpTable(MIB_UDPTABLE *pUdpTable, struct ws2_dwords pdwSize, BOOL bOrder)
{
    DWORD ws2_pdwSize = 0;
    DWORD result = GetUdpTable(pUdpTable, ws2_dwords_lend(pdwSize, &ws2_pdwSize), bOrder);

    ws2_dwords_back(pdwSize, ws2_pdwSize, result == 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<DWORD, Wide1>::result GetUdpTable(MIB_UDPTABLE *pUdpTable, Wide1 pdwSize, BOOL bOrder)
{
    return ws2_wide_GetUdpTable(pUdpTable, ws2_dwords_of(pdwSize), bOrder);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_GetUdpTable(pUdpTable, pdwSize, bOrder) \
    GetUdpTable(pUdpTable, WS2_LOWER_HALF(pdwSize), bOrder)
# define GetUdpTable(...) \
    WS2_TAKES_3(GetUdpTable, ws2_wide_arguments_GetUdpTable, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ BOOL ws2_wide_GetUserNameA(char *lpBuffer, struct ws2_dwords pcbBuffer)
{
    DWORD ws2_pcbBuffer = 0;
    BOOL result = GetUserNameA(lpBuffer, ws2_dwords_lend(pcbBuffer, &ws2_pcbBuffer));

    ws2_dwords_back(pcbBuffer, ws2_pcbBuffer, result != 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<BOOL, Wide1>::result GetUserNameA(char *lpBuffer, Wide1 pcbBuffer)
{
    return ws2_wide_GetUserNameA(lpBuffer, ws2_dwords_of(pcbBuffer));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_GetUserNameA(lpBuffer, pcbBuffer) \
    GetUserNameA(lpBuffer, WS2_LOWER_HALF(pcbBuffer))
# define GetUserNameA(...) \
    WS2_TAKES_2(GetUserNameA, ws2_wide_arguments_GetUserNameA, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ BOOL ws2_wide_GetUserNameW(WCHAR *lpBuffer, struct ws2_dwords pcbBuffer)
{
    DWORD ws2_pcbBuffer = 0;
    BOOL result = GetUserNameW(lpBuffer, ws2_dwords_lend(pcbBuffer, &ws2_pcbBuffer));

    ws2_dwords_back(pcbBuffer, ws2_pcbBuffer, result != 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<BOOL, Wide1>::result GetUserNameW(WCHAR *lpBuffer, Wide1 pcbBuffer)
{
    return ws2_wide_GetUserNameW(lpBuffer, ws2_dwords_of(pcbBuffer));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_GetUserNameW(lpBuffer, pcbBuffer) \
    GetUserNameW(lpBuffer, WS2_LOWER_HALF(pcbBuffer))
# define GetUserNameW(...) \
    WS2_TAKES_2(GetUserNameW, ws2_wide_arguments_GetUserNameW, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ DWORD ws2_wide_GetWindowThreadProcessId(HWND hWnd, struct ws2_dwords lpdwProcessId)
{
    DWORD ws2_lpdwProcessId = 0;
    DWORD result = GetWindowThreadProcessId(hWnd, ws2_dwords_lend(lpdwProcessId, &ws2_lpdwProcessId));

    ws2_dwords_back(lpdwProcessId, ws2_lpdwProcessId, result == 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<DWORD, Wide1>::result GetWindowThreadProcessId(HWND hWnd, Wide1 lpdwProcessId)
{
    return ws2_wide_GetWindowThreadProcessId(hWnd, ws2_dwords_of(lpdwProcessId));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_GetWindowThreadProcessId(hWnd, lpdwProcessId) \
    GetWindowThreadProcessId(hWnd, WS2_LOWER_HALF(lpdwProcessId))
# define GetWindowThreadProcessId(...) \
    WS2_TAKES_2(GetWindowThreadProcessId, ws2_wide_arguments_GetWindowThreadProcessId, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ BOOL ws2_wide_PeekConsoleInputA(HANDLE hConsoleInput, INPUT_RECORD *lpBuffer, DWORD nLength, struct ws2_dwords lpNumberOfEventsRead)
{
    DWORD ws2_lpNumberOfEventsRead = 0;
    BOOL result = PeekConsoleInputA(hConsoleInput, lpBuffer, nLength, ws2_dwords_lend(lpNumberOfEventsRead, &ws2_lpNumberOfEventsRead));

    ws2_dwords_back(lpNumberOfEventsRead, ws2_lpNumberOfEventsRead, result != 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<BOOL, Wide1>::result PeekConsoleInputA(HANDLE hConsoleInput, INPUT_RECORD *lpBuffer, DWORD nLength, Wide1 lpNumberOfEventsRead)
{
    return ws2_wide_PeekConsoleInputA(hConsoleInput, lpBuffer, nLength, ws2_dwords_of(lpNumberOfEventsRead));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_PeekConsoleInputA(hConsoleInput, lpBuffer, nLength, lpNumberOfEventsRead) \
    PeekConsoleInputA(hConsoleInput, lpBuffer, nLength, WS2_LOWER_HALF(lpNumberOfEventsRead))
# define PeekConsoleInputA(...) \
    WS2_TAKES_4(PeekConsoleInputA, ws2_wide_arguments_PeekConsoleInputA, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ BOOL ws2_wide_PeekConsoleInputW(HANDLE hConsoleInput, INPUT_RECORD *lpBuffer, DWORD nLength, struct ws2_dwords lpNumberOfEventsRead)
{
    DWORD ws2_lpNumberOfEventsRead = 0;
    BOOL result = PeekConsoleInputW(hConsoleInput, lpBuffer, nLength, ws2_dwords_lend(lpNumberOfEventsRead, &ws2_lpNumberOfEventsRead));

    ws2_dwords_back(lpNumberOfEventsRead, ws2_lpNumberOfEventsRead, result != 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<BOOL, Wide1>::result PeekConsoleInputW(HANDLE hConsoleInput, INPUT_RECORD *lpBuffer, DWORD nLength, Wide1 lpNumberOfEventsRead)
{
    return ws2_wide_PeekConsoleInputW(hConsoleInput, lpBuffer, nLength, ws2_dwords_of(lpNumberOfEventsRead));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_PeekConsoleInputW(hConsoleInput, lpBuffer, nLength, lpNumberOfEventsRead) \
    PeekConsoleInputW(hConsoleInput, lpBuffer, nLength, WS2_LOWER_HALF(lpNumberOfEventsRead))
# define PeekConsoleInputW(...) \
    WS2_TAKES_4(PeekConsoleInputW, ws2_wide_arguments_PeekConsoleInputW, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ BOOL ws2_wide_PeekNamedPipe(HANDLE hNamedPipe, void *lpBuffer, DWORD nBufferSize, struct ws2_dwords lpBytesRead, struct ws2_dwords lpTotalBytesAvail, struct ws2_dwords lpBytesLeftThisMessage)
{
    DWORD ws2_lpBytesRead = 0;
    DWORD ws2_lpTotalBytesAvail = 0;
    DWORD ws2_lpBytesLeftThisMessage = 0;
    BOOL result = PeekNamedPipe(hNamedPipe, lpBuffer, nBufferSize, ws2_dwords_lend(lpBytesRead, &ws2_lpBytesRead), ws2_dwords_lend(lpTotalBytesAvail, &ws2_lpTotalBytesAvail), ws2_dwords_lend(lpBytesLeftThisMessage, &ws2_lpBytesLeftThisMessage));

    ws2_dwords_back(lpBytesRead, ws2_lpBytesRead, result != 0);
    ws2_dwords_back(lpTotalBytesAvail, ws2_lpTotalBytesAvail, result != 0);
    ws2_dwords_back(lpBytesLeftThisMessage, ws2_lpBytesLeftThisMessage, result != 0);
    return result;
}

extern "C++" {
template <typename Wide1, typename Wide2, typename Wide3>
inline typename ws2_if_wide<BOOL, Wide1, Wide2, Wide3>::result PeekNamedPipe(HANDLE hNamedPipe, void *lpBuffer, DWORD nBufferSize, Wide1 lpBytesRead, Wide2 lpTotalBytesAvail, Wide3 lpBytesLeftThisMessage)
{
    return ws2_wide_PeekNamedPipe(hNamedPipe, lpBuffer, nBufferSize, ws2_dwords_of(lpBytesRead), ws2_dwords_of(lpTotalBytesAvail), ws2_dwords_of(lpBytesLeftThisMessage));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_PeekNamedPipe(hNamedPipe, lpBuffer, nBufferSize, lpBytesRead, lpTotalBytesAvail, lpBytesLeftThisMessage) \
    PeekNamedPipe(hNamedPipe, lpBuffer, nBufferSize, WS2_LOWER_HALF(lpBytesRead), WS2_LOWER_HALF(lpTotalBytesAvail), WS2_LOWER_HALF(lpBytesLeftThisMessage))
# define PeekNamedPipe(...) \
    WS2_TAKES_6(PeekNamedPipe, ws2_wide_arguments_PeekNamedPipe, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ BOOL ws2_wide_ReadConsoleA(HANDLE hConsoleInput, void *lpBuffer, DWORD nNumberOfCharsToRead, struct ws2_dwords lpNumberOfCharsRead, void *pInputControl)
{
    DWORD ws2_lpNumberOfCharsRead = 0;
    BOOL result = ReadConsoleA(hConsoleInput, lpBuffer, nNumberOfCharsToRead, ws2_dwords_lend(lpNumberOfCharsRead, &ws2_lpNumberOfCharsRead), pInputControl);

    ws2_dwords_back(lpNumberOfCharsRead, ws2_lpNumberOfCharsRead, result != 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<BOOL, Wide1>::result ReadConsoleA(HANDLE hConsoleInput, void *lpBuffer, DWORD nNumberOfCharsToRead, Wide1 lpNumberOfCharsRead, void *pInputControl)
{
    return ws2_wide_ReadConsoleA(hConsoleInput, lpBuffer, nNumberOfCharsToRead, ws2_dwords_of(lpNumberOfCharsRead), pInputControl);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_ReadConsoleA(hConsoleInput, lpBuffer, nNumberOfCharsToRead, lpNumberOfCharsRead, pInputControl) \
    ReadConsoleA(hConsoleInput, lpBuffer, nNumberOfCharsToRead, WS2_LOWER_HALF(lpNumberOfCharsRead), pInputControl)
# define ReadConsoleA(...) \
    WS2_TAKES_5(ReadConsoleA, ws2_wide_arguments_ReadConsoleA, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ BOOL ws2_wide_ReadConsoleInputA(HANDLE hConsoleInput, INPUT_RECORD *lpBuffer, DWORD nLength, struct ws2_dwords lpNumberOfEventsRead)
{
    DWORD ws2_lpNumberOfEventsRead = 0;
    BOOL result = ReadConsoleInputA(hConsoleInput, lpBuffer, nLength, ws2_dwords_lend(lpNumberOfEventsRead, &ws2_lpNumberOfEventsRead));

    ws2_dwords_back(lpNumberOfEventsRead, ws2_lpNumberOfEventsRead, result != 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<BOOL, Wide1>::result ReadConsoleInputA(HANDLE hConsoleInput, INPUT_RECORD *lpBuffer, DWORD nLength, Wide1 lpNumberOfEventsRead)
{
    return ws2_wide_ReadConsoleInputA(hConsoleInput, lpBuffer, nLength, ws2_dwords_of(lpNumberOfEventsRead));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_ReadConsoleInputA(hConsoleInput, lpBuffer, nLength, lpNumberOfEventsRead) \
    ReadConsoleInputA(hConsoleInput, lpBuffer, nLength, WS2_LOWER_HALF(lpNumberOfEventsRead))
# define ReadConsoleInputA(...) \
    WS2_TAKES_4(ReadConsoleInputA, ws2_wide_arguments_ReadConsoleInputA, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ BOOL ws2_wide_ReadConsoleInputW(HANDLE hConsoleInput, INPUT_RECORD *lpBuffer, DWORD nLength, struct ws2_dwords lpNumberOfEventsRead)
{
    DWORD ws2_lpNumberOfEventsRead = 0;
    BOOL result = ReadConsoleInputW(hConsoleInput, lpBuffer, nLength, ws2_dwords_lend(lpNumberOfEventsRead, &ws2_lpNumberOfEventsRead));

    ws2_dwords_back(lpNumberOfEventsRead, ws2_lpNumberOfEventsRead, result != 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<BOOL, Wide1>::result ReadConsoleInputW(HANDLE hConsoleInput, INPUT_RECORD *lpBuffer, DWORD nLength, Wide1 lpNumberOfEventsRead)
{
    return ws2_wide_ReadConsoleInputW(hConsoleInput, lpBuffer, nLength, ws2_dwords_of(lpNumberOfEventsRead));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_ReadConsoleInputW(hConsoleInput, lpBuffer, nLength, lpNumberOfEventsRead) \
    ReadConsoleInputW(hConsoleInput, lpBuffer, nLength, WS2_LOWER_HALF(lpNumberOfEventsRead))
# define ReadConsoleInputW(...) \
    WS2_TAKES_4(ReadConsoleInputW, ws2_wide_arguments_ReadConsoleInputW, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ BOOL ws2_wide_ReadFile(HANDLE hFile, void *lpBuffer, DWORD nNumberOfBytesToRead, struct ws2_dwords lpNumberOfBytesRead, OVERLAPPED *lpOverlapped)
{
    DWORD ws2_lpNumberOfBytesRead = 0;
    BOOL result = ReadFile(hFile, lpBuffer, nNumberOfBytesToRead, ws2_dwords_lend(lpNumberOfBytesRead, &ws2_lpNumberOfBytesRead), lpOverlapped);

    ws2_dwords_back(lpNumberOfBytesRead, ws2_lpNumberOfBytesRead, result != 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<BOOL, Wide1>::result ReadFile(HANDLE hFile, void *lpBuffer, DWORD nNumberOfBytesToRead, Wide1 lpNumberOfBytesRead, OVERLAPPED *lpOverlapped)
{
    return ws2_wide_ReadFile(hFile, lpBuffer, nNumberOfBytesToRead, ws2_dwords_of(lpNumberOfBytesRead), lpOverlapped);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_ReadFile(hFile, lpBuffer, nNumberOfBytesToRead, lpNumberOfBytesRead, lpOverlapped) \
    ReadFile(hFile, lpBuffer, nNumberOfBytesToRead, WS2_LOWER_HALF(lpNumberOfBytesRead), lpOverlapped)
# define ReadFile(...) \
    WS2_TAKES_5(ReadFile, ws2_wide_arguments_ReadFile, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ BOOL ws2_wide_SetNamedPipeHandleState(HANDLE hNamedPipe, struct ws2_dwords lpMode, struct ws2_dwords lpMaxCollectionCount, struct ws2_dwords lpCollectDataTimeout)
{
    DWORD ws2_lpMode = 0;
    DWORD ws2_lpMaxCollectionCount = 0;
    DWORD ws2_lpCollectDataTimeout = 0;
    BOOL result = SetNamedPipeHandleState(hNamedPipe, ws2_dwords_lend(lpMode, &ws2_lpMode), ws2_dwords_lend(lpMaxCollectionCount, &ws2_lpMaxCollectionCount), ws2_dwords_lend(lpCollectDataTimeout, &ws2_lpCollectDataTimeout));

    ws2_dwords_back(lpMode, ws2_lpMode, result != 0);
    ws2_dwords_back(lpMaxCollectionCount, ws2_lpMaxCollectionCount, result != 0);
    ws2_dwords_back(lpCollectDataTimeout, ws2_lpCollectDataTimeout, result != 0);
    return result;
}

extern "C++" {
template <typename Wide1, typename Wide2, typename Wide3>
inline typename ws2_if_wide<BOOL, Wide1, Wide2, Wide3>::result SetNamedPipeHandleState(HANDLE hNamedPipe, Wide1 lpMode, Wide2 lpMaxCollectionCount, Wide3 lpCollectDataTimeout)
{
    return ws2_wide_SetNamedPipeHandleState(hNamedPipe, ws2_dwords_of(lpMode), ws2_dwords_of(lpMaxCollectionCount), ws2_dwords_of(lpCollectDataTimeout));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_SetNamedPipeHandleState(hNamedPipe, lpMode, lpMaxCollectionCount, lpCollectDataTimeout) \
    SetNamedPipeHandleState(hNamedPipe, WS2_LOWER_HALF(lpMode), WS2_LOWER_HALF(lpMaxCollectionCount), WS2_LOWER_HALF(lpCollectDataTimeout))
# define SetNamedPipeHandleState(...) \
    WS2_TAKES_4(SetNamedPipeHandleState, ws2_wide_arguments_SetNamedPipeHandleState, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ BOOL ws2_wide_TransactNamedPipe(HANDLE hNamedPipe, void *lpInBuffer, DWORD nInBufferSize, void *lpOutBuffer, DWORD nOutBufferSize, struct ws2_dwords lpBytesRead, OVERLAPPED *lpOverlapped)
{
    DWORD ws2_lpBytesRead = 0;
    BOOL result = TransactNamedPipe(hNamedPipe, lpInBuffer, nInBufferSize, lpOutBuffer, nOutBufferSize, ws2_dwords_lend(lpBytesRead, &ws2_lpBytesRead), lpOverlapped);

    ws2_dwords_back(lpBytesRead, ws2_lpBytesRead, result != 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<BOOL, Wide1>::result TransactNamedPipe(HANDLE hNamedPipe, void *lpInBuffer, DWORD nInBufferSize, void *lpOutBuffer, DWORD nOutBufferSize, Wide1 lpBytesRead, OVERLAPPED *lpOverlapped)
{
    return ws2_wide_TransactNamedPipe(hNamedPipe, lpInBuffer, nInBufferSize, lpOutBuffer, nOutBufferSize, ws2_dwords_of(lpBytesRead), lpOverlapped);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_TransactNamedPipe(hNamedPipe, lpInBuffer, nInBufferSize, lpOutBuffer, nOutBufferSize, lpBytesRead, lpOverlapped) \
    TransactNamedPipe(hNamedPipe, lpInBuffer, nInBufferSize, lpOutBuffer, nOutBufferSize, WS2_LOWER_HALF(lpBytesRead), lpOverlapped)
# define TransactNamedPipe(...) \
    WS2_TAKES_7(TransactNamedPipe, ws2_wide_arguments_TransactNamedPipe, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ BOOL ws2_wide_VirtualProtect(void *lpAddress, SIZE_T dwSize, DWORD flNewProtect, struct ws2_dwords lpflOldProtect)
{
    DWORD ws2_lpflOldProtect = 0;
    BOOL result = VirtualProtect(lpAddress, dwSize, flNewProtect, ws2_dwords_lend(lpflOldProtect, &ws2_lpflOldProtect));

    ws2_dwords_back(lpflOldProtect, ws2_lpflOldProtect, result != 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<BOOL, Wide1>::result VirtualProtect(void *lpAddress, SIZE_T dwSize, DWORD flNewProtect, Wide1 lpflOldProtect)
{
    return ws2_wide_VirtualProtect(lpAddress, dwSize, flNewProtect, ws2_dwords_of(lpflOldProtect));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_VirtualProtect(lpAddress, dwSize, flNewProtect, lpflOldProtect) \
    VirtualProtect(lpAddress, dwSize, flNewProtect, WS2_LOWER_HALF(lpflOldProtect))
# define VirtualProtect(...) \
    WS2_TAKES_4(VirtualProtect, ws2_wide_arguments_VirtualProtect, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ BOOL ws2_wide_WriteConsoleA(HANDLE hConsoleOutput, const void *lpBuffer, DWORD nNumberOfCharsToWrite, struct ws2_dwords lpNumberOfCharsWritten, void *lpReserved)
{
    DWORD ws2_lpNumberOfCharsWritten = 0;
    BOOL result = WriteConsoleA(hConsoleOutput, lpBuffer, nNumberOfCharsToWrite, ws2_dwords_lend(lpNumberOfCharsWritten, &ws2_lpNumberOfCharsWritten), lpReserved);

    ws2_dwords_back(lpNumberOfCharsWritten, ws2_lpNumberOfCharsWritten, result != 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<BOOL, Wide1>::result WriteConsoleA(HANDLE hConsoleOutput, const void *lpBuffer, DWORD nNumberOfCharsToWrite, Wide1 lpNumberOfCharsWritten, void *lpReserved)
{
    return ws2_wide_WriteConsoleA(hConsoleOutput, lpBuffer, nNumberOfCharsToWrite, ws2_dwords_of(lpNumberOfCharsWritten), lpReserved);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_WriteConsoleA(hConsoleOutput, lpBuffer, nNumberOfCharsToWrite, lpNumberOfCharsWritten, lpReserved) \
    WriteConsoleA(hConsoleOutput, lpBuffer, nNumberOfCharsToWrite, WS2_LOWER_HALF(lpNumberOfCharsWritten), lpReserved)
# define WriteConsoleA(...) \
    WS2_TAKES_5(WriteConsoleA, ws2_wide_arguments_WriteConsoleA, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ BOOL ws2_wide_WriteConsoleOutputCharacterA(HANDLE hConsoleOutput, const char *lpCharacter, DWORD nLength, COORD dwWriteCoord, struct ws2_dwords lpNumberOfCharsWritten)
{
    DWORD ws2_lpNumberOfCharsWritten = 0;
    BOOL result = WriteConsoleOutputCharacterA(hConsoleOutput, lpCharacter, nLength, dwWriteCoord, ws2_dwords_lend(lpNumberOfCharsWritten, &ws2_lpNumberOfCharsWritten));

    ws2_dwords_back(lpNumberOfCharsWritten, ws2_lpNumberOfCharsWritten, result != 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<BOOL, Wide1>::result WriteConsoleOutputCharacterA(HANDLE hConsoleOutput, const char *lpCharacter, DWORD nLength, COORD dwWriteCoord, Wide1 lpNumberOfCharsWritten)
{
    return ws2_wide_WriteConsoleOutputCharacterA(hConsoleOutput, lpCharacter, nLength, dwWriteCoord, ws2_dwords_of(lpNumberOfCharsWritten));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_WriteConsoleOutputCharacterA(hConsoleOutput, lpCharacter, nLength, dwWriteCoord, lpNumberOfCharsWritten) \
    WriteConsoleOutputCharacterA(hConsoleOutput, lpCharacter, nLength, dwWriteCoord, WS2_LOWER_HALF(lpNumberOfCharsWritten))
# define WriteConsoleOutputCharacterA(...) \
    WS2_TAKES_5(WriteConsoleOutputCharacterA, ws2_wide_arguments_WriteConsoleOutputCharacterA, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ BOOL ws2_wide_WriteConsoleOutputCharacterW(HANDLE hConsoleOutput, const WCHAR *lpCharacter, DWORD nLength, COORD dwWriteCoord, struct ws2_dwords lpNumberOfCharsWritten)
{
    DWORD ws2_lpNumberOfCharsWritten = 0;
    BOOL result = WriteConsoleOutputCharacterW(hConsoleOutput, lpCharacter, nLength, dwWriteCoord, ws2_dwords_lend(lpNumberOfCharsWritten, &ws2_lpNumberOfCharsWritten));

    ws2_dwords_back(lpNumberOfCharsWritten, ws2_lpNumberOfCharsWritten, result != 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<BOOL, Wide1>::result WriteConsoleOutputCharacterW(HANDLE hConsoleOutput, const WCHAR *lpCharacter, DWORD nLength, COORD dwWriteCoord, Wide1 lpNumberOfCharsWritten)
{
    return ws2_wide_WriteConsoleOutputCharacterW(hConsoleOutput, lpCharacter, nLength, dwWriteCoord, ws2_dwords_of(lpNumberOfCharsWritten));
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_WriteConsoleOutputCharacterW(hConsoleOutput, lpCharacter, nLength, dwWriteCoord, lpNumberOfCharsWritten) \
    WriteConsoleOutputCharacterW(hConsoleOutput, lpCharacter, nLength, dwWriteCoord, WS2_LOWER_HALF(lpNumberOfCharsWritten))
# define WriteConsoleOutputCharacterW(...) \
    WS2_TAKES_5(WriteConsoleOutputCharacterW, ws2_wide_arguments_WriteConsoleOutputCharacterW, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ BOOL ws2_wide_WriteConsoleW(HANDLE hConsoleOutput, const void *lpBuffer, DWORD nNumberOfCharsToWrite, struct ws2_dwords lpNumberOfCharsWritten, void *lpReserved)
{
    DWORD ws2_lpNumberOfCharsWritten = 0;
    BOOL result = WriteConsoleW(hConsoleOutput, lpBuffer, nNumberOfCharsToWrite, ws2_dwords_lend(lpNumberOfCharsWritten, &ws2_lpNumberOfCharsWritten), lpReserved);

    ws2_dwords_back(lpNumberOfCharsWritten, ws2_lpNumberOfCharsWritten, result != 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<BOOL, Wide1>::result WriteConsoleW(HANDLE hConsoleOutput, const void *lpBuffer, DWORD nNumberOfCharsToWrite, Wide1 lpNumberOfCharsWritten, void *lpReserved)
{
    return ws2_wide_WriteConsoleW(hConsoleOutput, lpBuffer, nNumberOfCharsToWrite, ws2_dwords_of(lpNumberOfCharsWritten), lpReserved);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_WriteConsoleW(hConsoleOutput, lpBuffer, nNumberOfCharsToWrite, lpNumberOfCharsWritten, lpReserved) \
    WriteConsoleW(hConsoleOutput, lpBuffer, nNumberOfCharsToWrite, WS2_LOWER_HALF(lpNumberOfCharsWritten), lpReserved)
# define WriteConsoleW(...) \
    WS2_TAKES_5(WriteConsoleW, ws2_wide_arguments_WriteConsoleW, __VA_ARGS__)
#endif

#ifdef WS2_OVERLOADS
static __inline__ BOOL ws2_wide_WriteFile(HANDLE hFile, const void *lpBuffer, DWORD nNumberOfBytesToWrite, struct ws2_dwords lpNumberOfBytesWritten, OVERLAPPED *lpOverlapped)
{
    DWORD ws2_lpNumberOfBytesWritten = 0;
    BOOL result = WriteFile(hFile, lpBuffer, nNumberOfBytesToWrite, ws2_dwords_lend(lpNumberOfBytesWritten, &ws2_lpNumberOfBytesWritten), lpOverlapped);

    ws2_dwords_back(lpNumberOfBytesWritten, ws2_lpNumberOfBytesWritten, result != 0);
    return result;
}

extern "C++" {
template <typename Wide1>
inline typename ws2_if_wide<BOOL, Wide1>::result WriteFile(HANDLE hFile, const void *lpBuffer, DWORD nNumberOfBytesToWrite, Wide1 lpNumberOfBytesWritten, OVERLAPPED *lpOverlapped)
{
    return ws2_wide_WriteFile(hFile, lpBuffer, nNumberOfBytesToWrite, ws2_dwords_of(lpNumberOfBytesWritten), lpOverlapped);
}
}
#elif !defined(__cplusplus)
# define ws2_wide_arguments_WriteFile(hFile, lpBuffer, nNumberOfBytesToWrite, lpNumberOfBytesWritten, lpOverlapped) \
    WriteFile(hFile, lpBuffer, nNumberOfBytesToWrite, WS2_LOWER_HALF(lpNumberOfBytesWritten), lpOverlapped)
# define WriteFile(...) \
    WS2_TAKES_5(WriteFile, ws2_wide_arguments_WriteFile, __VA_ARGS__)
#endif

#endif
