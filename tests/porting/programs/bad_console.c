/* Consoles and serial lines that are none; with a terminal's name as argument, what a terminal refuses. */
#include "bad.h"

static BOOL WINAPI handler(DWORD type)
{
    (void)type;
    return FALSE;
}

static void of_consoles(HANDLE h)
{
    static const WCHAR text[] = { 't', 0 };
    COORD corner = { 0, 0 }, none;
    SMALL_RECT window = { 0, 0, 1, 1 };
    CHAR_INFO cell;
    INPUT_RECORD record;
    CONSOLE_CURSOR_INFO cursor = { 25, TRUE };
    CONSOLE_SCREEN_BUFFER_INFO info;
    DWORD count = UNTOUCHED;
    char room[4] = "";

    memset(&cell, 0, sizeof cell);
    FAILS(ReadConsoleA(h, room, 1, &count, NULL), FALSE, ERROR_INVALID_HANDLE);
    FAILS(WriteConsoleW(h, text, 1, &count, NULL), FALSE, ERROR_INVALID_HANDLE);
    FAILS(ReadConsoleInputA(h, &record, 1, &count), FALSE, ERROR_INVALID_HANDLE);
    FAILS(ReadConsoleInputW(h, &record, 1, &count), FALSE, ERROR_INVALID_HANDLE);
    FAILS(PeekConsoleInputA(h, &record, 1, &count), FALSE, ERROR_INVALID_HANDLE);
    FAILS(PeekConsoleInputW(h, &record, 1, &count), FALSE, ERROR_INVALID_HANDLE);
    FAILS(GetNumberOfConsoleInputEvents(h, &count), FALSE, ERROR_INVALID_HANDLE);
    FAILS(FlushConsoleInputBuffer(h), FALSE, ERROR_INVALID_HANDLE);
    FAILS(GetConsoleCursorInfo(h, &cursor), FALSE, ERROR_INVALID_HANDLE);
    FAILS(SetConsoleCursorInfo(h, &cursor), FALSE, ERROR_INVALID_HANDLE);
    FAILS(SetConsoleCursorPosition(h, corner), FALSE, ERROR_INVALID_HANDLE);
    FAILS(GetConsoleScreenBufferInfo(h, &info), FALSE, ERROR_INVALID_HANDLE);
    FAILS(SetConsoleScreenBufferSize(h, corner), FALSE, ERROR_INVALID_HANDLE);
    FAILS(SetConsoleWindowInfo(h, TRUE, &window), FALSE, ERROR_INVALID_HANDLE);
    FAILS(FillConsoleOutputAttribute(h, 7, 1, corner, &count), FALSE, ERROR_INVALID_HANDLE);
    FAILS(FillConsoleOutputCharacterA(h, 'x', 1, corner, &count), FALSE, ERROR_INVALID_HANDLE);
    FAILS(FillConsoleOutputCharacterW(h, 'x', 1, corner, &count), FALSE, ERROR_INVALID_HANDLE);
    FAILS(WriteConsoleOutputCharacterA(h, "x", 1, corner, &count), FALSE, ERROR_INVALID_HANDLE);
    FAILS(WriteConsoleOutputCharacterW(h, text, 1, corner, &count), FALSE, ERROR_INVALID_HANDLE);
    FAILS(WriteConsoleOutputA(h, &cell, corner, corner, &window), FALSE, ERROR_INVALID_HANDLE);
    FAILS(WriteConsoleOutputW(h, &cell, corner, corner, &window), FALSE, ERROR_INVALID_HANDLE);
    SetLastError(UNTOUCHED);
    none = GetLargestConsoleWindowSize(h);
    CHECK(none.X == 0 && none.Y == 0 && GetLastError() == ERROR_INVALID_HANDLE);
    CHECK(count == UNTOUCHED);
}

static void of_lines(HANDLE h, DWORD code)
{
    DCB dcb;
    COMMTIMEOUTS times;
    COMSTAT status;
    DWORD bits = UNTOUCHED;

    memset(&dcb, 0, sizeof dcb);
    memset(&times, 0, sizeof times);
    dcb.DCBlength = sizeof dcb;
    FAILS(GetCommState(h, &dcb), FALSE, code);
    FAILS(SetCommState(h, &dcb), FALSE, code);
    FAILS(GetCommTimeouts(h, &times), FALSE, code);
    FAILS(SetCommTimeouts(h, &times), FALSE, code);
    FAILS(PurgeComm(h, PURGE_RXCLEAR), FALSE, code);
    FAILS(ClearCommError(h, &bits, &status), FALSE, code);
    FAILS(EscapeCommFunction(h, SETRTS), FALSE, code);
    FAILS(SetCommBreak(h), FALSE, code);
    FAILS(ClearCommBreak(h), FALSE, code);
    FAILS(GetCommModemStatus(h, &bits), FALSE, code);
    FAILS(SetupComm(h, 10, 10), FALSE, code);
    FAILS(TransmitCommChar(h, 'x'), FALSE, code);
    CHECK(bits == UNTOUCHED);
}

static void lines_none(HANDLE h)
{
    of_lines(h, ERROR_INVALID_HANDLE);
}

static void others(void)
{
    DCB dcb;
    HANDLE file = CreateFileA("file.txt", GENERIC_READ | GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL);

    of_consoles(file);
    of_lines(file, ERROR_INVALID_FUNCTION);
    close_file(file);
    CHECK(DeleteFileA("file.txt"));
    memset(&dcb, 0, sizeof dcb);
    dcb.DCBlength = sizeof dcb;
    FAILS(BuildCommDCBA("no settings", &dcb), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(SetConsoleCtrlHandler(handler, FALSE), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(GenerateConsoleCtrlEvent(77, 0), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(SetConsoleCP(0x10000), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(SetConsoleOutputCP(~0u), FALSE, ERROR_INVALID_PARAMETER);
#ifndef __MINGW32__
    FAILS(AllocConsole(), FALSE, ERROR_ACCESS_DENIED);
    FAILS(AttachConsole(ATTACH_PARENT_PROCESS), FALSE, ERROR_ACCESS_DENIED);
    FAILS(SetConsoleTitleW((WCHAR *)no_address(0)), FALSE, ERROR_NOACCESS);
    CHECK(SetConsoleTitleW(wide("a title")));
    FAILS(GetConsoleTitleA((char *)no_address(0), 40), 0, ERROR_NOACCESS);
    FAILS(GetConsoleTitleW((WCHAR *)no_address(0), 40), 0, ERROR_NOACCESS);
    {
        GUARDED text;
        fill(&text);
        CHECK(GetConsoleTitleA((char *)&text, 3) == 7 && kept(&text, 3));
        fill(&text);
        CHECK(GetConsoleTitleW((WCHAR *)&text, 3) == 7 && kept(&text, 3 * sizeof(WCHAR)));
    }
#endif
}

#ifndef __MINGW32__
/* A terminal, which is a serial line, too, with addresses that lead nowhere. */
static void at_terminal(HANDLE h, void *p)
{
    COORD corner = { 0, 0 }, below = { -1, -1 };
    DWORD count, *d = (DWORD *)p;
    CHAR_INFO cell = { { 'x' }, 7 };
    SMALL_RECT window = { 0, 0, 0, 0 };
    CONSOLE_CURSOR_INFO cursor = { 0, TRUE };
    DCB dcb;

    CHECK(GetCommState(h, &dcb));
    FAILS(GetConsoleMode(h, d), FALSE, ERROR_NOACCESS);
    FAILS(GetConsoleCursorInfo(h, (CONSOLE_CURSOR_INFO *)p), FALSE, ERROR_NOACCESS);
    FAILS(SetConsoleCursorInfo(h, (CONSOLE_CURSOR_INFO *)p), FALSE, ERROR_NOACCESS);
    FAILS(SetConsoleCursorInfo(h, &cursor), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(SetConsoleCursorPosition(h, below), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(GetConsoleScreenBufferInfo(h, (CONSOLE_SCREEN_BUFFER_INFO *)p), FALSE, ERROR_NOACCESS);
    FAILS(SetConsoleWindowInfo(h, TRUE, (SMALL_RECT *)p), FALSE, ERROR_NOACCESS);
    FAILS(SetConsoleScreenBufferSize(h, below), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(WriteConsoleW(h, p, 4, &count, NULL), FALSE, ERROR_NOACCESS);
    FAILS(WriteConsoleOutputCharacterA(h, (char *)p, 4, corner, &count), FALSE, ERROR_NOACCESS);
    FAILS(WriteConsoleOutputCharacterW(h, (WCHAR *)p, 4, corner, &count), FALSE, ERROR_NOACCESS);
    FAILS(WriteConsoleOutputA(h, &cell, corner, corner, (SMALL_RECT *)p), FALSE, ERROR_NOACCESS);
    CHECK(WriteConsoleOutputW(h, &cell, corner, corner, &window));
    FAILS(GetNumberOfConsoleInputEvents(h, d), FALSE, ERROR_NOACCESS);
    FAILS(GetCommState(h, (DCB *)p), FALSE, ERROR_NOACCESS);
    FAILS(SetCommState(h, (DCB *)p), FALSE, ERROR_NOACCESS);
    FAILS(GetCommTimeouts(h, (COMMTIMEOUTS *)p), FALSE, ERROR_NOACCESS);
    FAILS(SetCommTimeouts(h, (COMMTIMEOUTS *)p), FALSE, ERROR_NOACCESS);
    FAILS(BuildCommDCBA("baud=9600 parity=N data=8 stop=1", (DCB *)p), FALSE, ERROR_NOACCESS);
    FAILS(PurgeComm(h, 0), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(PurgeComm(h, 0x100), FALSE, ERROR_INVALID_PARAMETER);
    FAILS(EscapeCommFunction(h, 77), FALSE, ERROR_INVALID_PARAMETER);
    dcb.ByteSize = 3;
    FAILS(SetCommState(h, &dcb), FALSE, ERROR_INVALID_PARAMETER);
    if (p != NULL) {
        FAILS(BuildCommDCBA((char *)p, &dcb), FALSE, ERROR_NOACCESS);
        FAILS(FillConsoleOutputAttribute(h, 7, 1, corner, d), FALSE, ERROR_NOACCESS);
        FAILS(FillConsoleOutputCharacterW(h, ' ', 1, corner, d), FALSE, ERROR_NOACCESS);
        FAILS(FillConsoleOutputCharacterA(h, ' ', 1, corner, d), FALSE, ERROR_NOACCESS);
        FAILS(ClearCommError(h, d, NULL), FALSE, ERROR_NOACCESS);
        FAILS(ClearCommError(h, NULL, (COMSTAT *)p), FALSE, ERROR_NOACCESS);
    }
}
#endif

int main(int argc, char **argv)
{
    with_others(of_consoles, KINDS);
    with_others(lines_none, KINDS);
    if (argc < 2) {
        others();
    }
#ifndef __MINGW32__
    else {
        HANDLE terminal = CreateFileA(argv[1], GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
        int which;

        at_terminal(terminal, NULL);
        for (which = 0; which < NO_ADDRESSES; which++)
            at_terminal(terminal, no_address(which));
    }
#else
    (void)argv;
#endif
    return result();
}
