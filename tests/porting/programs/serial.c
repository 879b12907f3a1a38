/* A serial line as programs of measuring devices have it: set, read with times, emptied. The line's name is the argument; the
   other side sends back what it gets, after the word "hello". */
#include "check.h"
#include <string.h>

int main(int argc, char **argv)
{
    HANDLE line, file;
    DCB block;
    COMMTIMEOUTS times;
    COMSTAT status;
    OVERLAPPED over;
    DWORD moved = 0, errors = 77;
    char text[32] = "";

    if (argc < 2)
        return 2;
    line = CreateFileA(argv[1], GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    CHECK(line != INVALID_HANDLE_VALUE);
    memset(&block, 0, sizeof block);
    block.DCBlength = sizeof block;
    CHECK(GetCommState(line, &block) && block.DCBlength == 28 && block.fBinary);
    CHECK(BuildCommDCBA("baud=19200 parity=N data=8 stop=1", &block));
    CHECK(block.BaudRate == CBR_19200 && block.ByteSize == 8 && block.Parity == NOPARITY && block.StopBits == ONESTOPBIT);
    block.fOutX = block.fInX = FALSE;
    block.fRtsControl = RTS_CONTROL_ENABLE;
    CHECK(SetCommState(line, &block));
    memset(&block, 0, sizeof block);
    CHECK(GetCommState(line, &block) && block.BaudRate == CBR_19200 && block.ByteSize == 8 && !block.fOutX);
    block.ByteSize = 9;
    CHECK(!SetCommState(line, &block) && GetLastError() == ERROR_INVALID_PARAMETER);
    CHECK(SetupComm(line, 4096, 4096));

    /* Ready: the other side says hello. */
    CHECK(WriteFile(line, "\n", 1, &moved, NULL) && moved == 1);
    memset(&times, 0, sizeof times);
    times.ReadTotalTimeoutConstant = 20000;
    CHECK(SetCommTimeouts(line, &times));
    memset(&times, 0, sizeof times);
    CHECK(GetCommTimeouts(line, &times) && times.ReadTotalTimeoutConstant == 20000);
    CHECK(ReadFile(line, text, 5, &moved, NULL) && moved == 5 && strcmp(text, "hello") == 0);
    /* Nothing more comes: the time ends the read, without bytes and without an error. */
    times.ReadTotalTimeoutConstant = 1;
    CHECK(SetCommTimeouts(line, &times));
    CHECK(ReadFile(line, text, 5, &moved, NULL) && moved == 0);
    times.ReadIntervalTimeout = MAXDWORD;
    times.ReadTotalTimeoutConstant = 0;
    CHECK(SetCommTimeouts(line, &times));
    CHECK(ReadFile(line, text, 5, &moved, NULL) && moved == 0);
    /* What is sent comes back, bytes as they are. */
    times.ReadIntervalTimeout = 0;
    times.ReadTotalTimeoutConstant = 20000;
    CHECK(SetCommTimeouts(line, &times));
    CHECK(WriteFile(line, "a\0\r\n\x11z", 6, &moved, NULL) && moved == 6);
    CHECK(ReadFile(line, text, 6, &moved, NULL) && moved == 6 && memcmp(text, "a\0\r\n\x11z", 6) == 0);
    CHECK(ClearCommError(line, &errors, &status) && errors == 0 && status.cbInQue == 0);
    CHECK(SetCommBreak(line) && ClearCommBreak(line) && TransmitCommChar(line, 't'));
    /* Not every line has wires for it. */
    CHECK(GetCommModemStatus(line, &moved) || GetLastError() != 0);
    CHECK(PurgeComm(line, PURGE_RXCLEAR | PURGE_TXCLEAR));
    CHECK(!PurgeComm(line, 0) && GetLastError() == ERROR_INVALID_PARAMETER);
    /* Overlapped: the event tells of the end, and was not set before. */
    memset(&over, 0, sizeof over);
    over.hEvent = CreateEventA(NULL, TRUE, TRUE, NULL);
    over.Offset = 5;
    CHECK(WriteFile(line, "over", 4, NULL, &over) || GetLastError() == ERROR_IO_PENDING);
    CHECK(GetOverlappedResult(line, &over, &moved, TRUE) && moved == 4);
    CHECK(WaitForSingleObject(over.hEvent, 0) == WAIT_OBJECT_0);
    CHECK(ReadFile(line, text, 4, NULL, &over) || GetLastError() == ERROR_IO_PENDING);
    CHECK(WaitForSingleObject(over.hEvent, INFINITE) == WAIT_OBJECT_0);
    CHECK(GetOverlappedResult(line, &over, &moved, FALSE) && moved == 4 && memcmp(text, "over", 4) == 0);
    CHECK(!WriteFile(line, NULL, 4, NULL, &over) && GetLastError() != ERROR_IO_PENDING);
    CHECK(WaitForSingleObject(over.hEvent, 0) == WAIT_TIMEOUT);
    CHECK(CloseHandle(over.hEvent));
    CHECK(!ReadFile(line, text, 4, NULL, &over) && GetLastError() == ERROR_INVALID_HANDLE);
    CHECK(EscapeCommFunction(line, SETXON));
    CHECK(!EscapeCommFunction(line, 99) && GetLastError() == ERROR_INVALID_PARAMETER);
    CHECK(CloseHandle(line));

    file = CreateFileA("nothing.txt", GENERIC_READ | GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);
    CHECK(!GetCommState(file, &block) && GetLastError() == ERROR_INVALID_FUNCTION);
    CHECK(CloseHandle(file));
    CHECK(!SetCommTimeouts(line, &times) && GetLastError() == ERROR_INVALID_HANDLE);
    return result();
}
