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

int main(void)
{
    WCHAR wide[16];
    char narrow[64] = "";
    DWORD got = 99;

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
    return result();
}
