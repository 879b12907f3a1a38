/* Reads keys at a terminal, one event at a time: what came down and up, in what order, and what the other ways of reading get. */
#include "check.h"
#include <string.h>

static HANDLE in;

/* The next key that comes down. */
static KEY_EVENT_RECORD next(void)
{
    INPUT_RECORD record;
    DWORD got;

    do {
        got = 99;
        memset(&record, 0, sizeof record);
        CHECK(ReadConsoleInputW(in, &record, 1, &got) && got == 1 && record.EventType == KEY_EVENT);
    } while (got == 1 && !record.Event.KeyEvent.bKeyDown);
    return record.Event.KeyEvent;
}

static int is(WORD code, WCHAR character, DWORD state)
{
    KEY_EVENT_RECORD key = next();

    return key.wVirtualKeyCode == code && key.uChar.UnicodeChar == character && key.dwControlKeyState == state && key.wRepeatCount == 1;
}

static void screen(const char *name)
{
    CHAR_INFO cells[6];
    SMALL_RECT region = { 1, 1, 3, 2 }, beyond = { 79, 23, 90, 30 };
    COORD size = { 3, 2 }, corner = { 0, 0 };
    HANDLE out = CreateFileA(name, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    int at;

    for (at = 0; at < 6; at++) {
        cells[at].Char.UnicodeChar = 0;
        cells[at].Char.AsciiChar = (CHAR)('a' + at);
        cells[at].Attributes = (WORD)(at < 3 ? 7 : 4);
    }
    CHECK(out != INVALID_HANDLE_VALUE && WriteConsoleOutputA(out, cells, size, corner, &region));
    CHECK(region.Left == 1 && region.Top == 1 && region.Right == 3 && region.Bottom == 2);
    CHECK(WriteConsoleOutputW(out, cells, size, corner, &beyond) && beyond.Right == 79 && beyond.Bottom == 23);
    CHECK(CloseHandle(out));
}

int main(int argc, char **argv)
{
    INPUT_RECORD records[8];
    char line[32] = "";
    DWORD got = 99, mode = 0, seen = 99;

    if (argc < 2)
        return 2;
    in = GetStdHandle(STD_INPUT_HANDLE);

    /* No handles. */
    CHECK(!ReadConsoleInputA(NULL, records, 1, &got) && GetLastError() == ERROR_INVALID_HANDLE);
    CHECK(!PeekConsoleInputA(INVALID_HANDLE_VALUE, records, 1, &got) && GetLastError() == ERROR_INVALID_HANDLE);
    CHECK(!GetNumberOfConsoleInputEvents(NULL, &got) && GetLastError() == ERROR_INVALID_HANDLE);
    CHECK(!FlushConsoleInputBuffer(NULL) && GetLastError() == ERROR_INVALID_HANDLE);
    CHECK(!ReadConsoleA(NULL, line, 1, &got, NULL) && GetLastError() == ERROR_INVALID_HANDLE);
    CHECK(!GetConsoleMode(NULL, &mode) && GetLastError() == ERROR_INVALID_HANDLE);

    CHECK(GetConsoleMode(in, &mode) && SetConsoleMode(in, mode & ~(DWORD)(ENABLE_LINE_INPUT | ENABLE_ECHO_INPUT)));
    screen(argv[1]);
    CHECK(is('A', 'a', 0) && is('B', 'B', SHIFT_PRESSED) && is('1', '!', SHIFT_PRESSED) && is(VK_RETURN, '\r', 0));
    CHECK(is(VK_UP, 0, ENHANCED_KEY) && is(VK_F1, 0, 0) && is(VK_DELETE, 0, ENHANCED_KEY) && is('X', 'x', LEFT_ALT_PRESSED));
    CHECK(next().uChar.UnicodeChar == 0xE9);

    /* The other half of a pair is an event of its own. */
    CHECK(next().uChar.UnicodeChar == 0xD83D && next().uChar.UnicodeChar == 0xDE00);

    /* Looked at it is still there, and then both events are taken at once. */
    CHECK(next().uChar.UnicodeChar == 'm');
    CHECK(ReadConsoleInputA(in, records, 1, &got) && got == 1 && !records[0].Event.KeyEvent.bKeyDown);
    CHECK(PeekConsoleInputA(in, records, 8, &got) && got == 2 && records[0].Event.KeyEvent.uChar.AsciiChar == 'n');
    CHECK(GetNumberOfConsoleInputEvents(in, &seen) && seen == 2);
    CHECK(ReadConsoleInputA(in, records, 8, &got) && got == 2 && records[0].Event.KeyEvent.bKeyDown && !records[1].Event.KeyEvent.bKeyDown);

    /* What was looked at is the beginning of what ReadConsole reads. */
    CHECK(PeekConsoleInputA(in, records, 8, &got) && got == 2 && records[0].Event.KeyEvent.uChar.AsciiChar == 'o');
    CHECK(ReadConsoleA(in, line, 1, &got, NULL) && got == 1 && line[0] == 'o');
    CHECK(next().uChar.UnicodeChar == 'p');

    CHECK(FlushConsoleInputBuffer(in) && GetNumberOfConsoleInputEvents(in, &got) && got == 0);
    CHECK(PeekConsoleInputW(in, records, 8, &got) && got == 0);
    CHECK(!ReadConsoleInputA(in, NULL, 1, &got) && GetLastError() == ERROR_NOACCESS);
    CHECK(SetConsoleMode(in, mode));
    return result();
}
