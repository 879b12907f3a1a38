/* Reads what is typed at a terminal, in narrow and in wide characters, with room for a part of a line. */
#include "check.h"
#include <string.h>

static HANDLE in;

/* How many units came, into room for so many. */
static DWORD read_wide(WCHAR *to, DWORD room)
{
    DWORD got = 99;

    memset(to, 0, 16 * sizeof *to);
    CHECK(ReadConsoleW(in, to, room, &got, NULL));
    return got;
}

/* What is at the screen is not told by a terminal; these are sent to it as control sequences. */
static void screen(const char *name)
{
    static const WCHAR text[] = { 'w', 0xE9, 0 };
    HANDLE out = CreateFileA(name, GENERIC_READ | GENERIC_WRITE, 0, NULL, OPEN_EXISTING, 0, NULL);
    CONSOLE_SCREEN_BUFFER_INFO info;
    CONSOLE_CURSOR_INFO cursor;
    SMALL_RECT window = { 0, 0, 39, 11 };
    COORD corner = { 0, 0 }, place = { 3, 2 };
    DWORD count = 99;

    CHECK(out != INVALID_HANDLE_VALUE && GetConsoleScreenBufferInfo(out, &info) && info.dwSize.X == 80 && info.dwSize.Y == 24);
    place = GetLargestConsoleWindowSize(out);
    CHECK(place.X == 80 && place.Y == 24);
    CHECK(GetConsoleCursorInfo(out, &cursor) && cursor.dwSize == 25 && cursor.bVisible);
    cursor.dwSize = 50;
    cursor.bVisible = FALSE;
    CHECK(SetConsoleCursorInfo(out, &cursor) && GetConsoleCursorInfo(out, &cursor) && cursor.dwSize == 50 && !cursor.bVisible);
    cursor.dwSize = 101;
    CHECK(!SetConsoleCursorInfo(out, &cursor) && GetLastError() == ERROR_INVALID_PARAMETER);
    place.X = 3;
    place.Y = 2;
    CHECK(SetConsoleCursorPosition(out, place) && SetConsoleScreenBufferSize(out, info.dwSize));
    CHECK(SetConsoleWindowInfo(out, TRUE, &window));
    CHECK(FillConsoleOutputAttribute(out, 7, 5, corner, &count) && count == 5);
    CHECK(FillConsoleOutputCharacterA(out, ' ', 5, corner, &count) && count == 5);
    CHECK(FillConsoleOutputCharacterW(out, 0xE9, 5, corner, &count) && count == 5);
    CHECK(WriteConsoleOutputCharacterA(out, "text", 4, place, &count) && count == 4);
    CHECK(WriteConsoleOutputCharacterW(out, text, 2, place, &count) && count == 2);
    CHECK(WriteConsoleW(out, text, 2, &count, NULL) && count == 2);
    CHECK(CloseHandle(out));
}

/* The screen's modes are not the keyboard's, although both are one terminal. */
static void modes(const char *name)
{
    static const struct {
        const char *name;
        DWORD       access;
    } screens[] = { { NULL, GENERIC_WRITE }, { "CONOUT$", GENERIC_READ | GENERIC_WRITE }, { "\\\\.\\conout$", GENERIC_READ | GENERIC_WRITE } };
    HANDLE keyboard = GetStdHandle(STD_INPUT_HANDLE), own = GetCurrentProcess();
    DWORD before = 0, mode;
    size_t at;

    CHECK(GetConsoleMode(keyboard, &before) && (before & ENABLE_LINE_INPUT));
    for (at = 0; at < sizeof screens / sizeof screens[0]; at++) {
        HANDLE same, out = CreateFileA(screens[at].name != NULL ? screens[at].name : name, screens[at].access, FILE_SHARE_READ | FILE_SHARE_WRITE,
                                       NULL, OPEN_EXISTING, 0, NULL);

        CHECK(out != INVALID_HANDLE_VALUE && DuplicateHandle(own, out, own, &same, 0, FALSE, DUPLICATE_SAME_ACCESS));
        CHECK(SetConsoleMode(out, ENABLE_PROCESSED_OUTPUT | 4) && SetConsoleMode(same, ENABLE_PROCESSED_OUTPUT | 4));
        CHECK(GetConsoleMode(keyboard, &mode) && mode == before);
        CHECK(CloseHandle(same) && CloseHandle(out));
    }
    {
        HANDLE in_too = CreateFileA("CONIN$", GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);

        CHECK(SetConsoleMode(in_too, before & ~(DWORD)ENABLE_ECHO_INPUT) && GetConsoleMode(keyboard, &mode));
        CHECK(mode == (before & ~(DWORD)ENABLE_ECHO_INPUT) && SetConsoleMode(in_too, before) && CloseHandle(in_too));
    }
}

int main(int argc, char **argv)
{
    WCHAR wide[16];
    char narrow[64] = "";
    DWORD got = 99;

    if (argc < 2)
        return 2;
    screen(argv[1]);
    modes(argv[1]);
    in = GetStdHandle(STD_INPUT_HANDLE);
    CHECK(!ReadConsoleW(INVALID_HANDLE_VALUE, wide, 1, &got, NULL) && GetLastError() == ERROR_INVALID_HANDLE);
    CHECK(read_wide(wide, 1) == 1 && wide[0] == 'a');
    CHECK(read_wide(wide, 1) == 1 && wide[0] == 0xE9);
    CHECK(read_wide(wide, 1) == 1 && wide[0] == 0x20AC);
    /* It has two units. */
    CHECK(read_wide(wide, 1) == 1 && wide[0] == 0xFFFD && wide[1] == 0);
    CHECK(ReadConsoleA(in, narrow, 1, &got, NULL) && got == 1 && narrow[0] == 'z');
    CHECK(read_wide(wide, 10) == 2 && wide[0] == '\r' && wide[1] == '\n');
    CHECK(read_wide(wide, 3) == 2 && wide[0] == 0xD83D && wide[1] == 0xDE00);
    CHECK(read_wide(wide, 2) == 2 && wide[0] == 0xD83D && wide[1] == 0xDE00 && wide[2] == 0);
    CHECK(read_wide(wide, 10) == 3 && wide[0] == 0xE9 && wide[1] == '\r' && wide[2] == '\n');
    CHECK(ReadConsole(in, narrow, sizeof narrow, &got, NULL) && got == 6 && memcmp(narrow, "next\r\n", 6) == 0);
    CHECK(FlushConsoleInputBuffer(in) && GetNumberOfConsoleInputEvents(in, &got) && got == 0);
    return result();
}
