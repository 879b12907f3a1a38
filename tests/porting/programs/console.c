/* A program whose layer for the console fills in records, and whose settings for a serial line are a structure: they have Windows'
   sizes. */
#include "check.h"

int main(void)
{
    INPUT_RECORD record;
    CHAR_INFO cell;
    CONSOLE_CURSOR_INFO cursor = {99, TRUE};
    PROCESS_INFORMATION process = {NULL, NULL, 0, 0};
    STARTUPINFOA start;
    COMMTIMEOUTS times = {MAXDWORD, 0, 0, 0, 0};
    DCB line;

    ZeroMemory(&record, sizeof(record));
    ZeroMemory(&start, sizeof(start));
    ZeroMemory(&line, sizeof(line));
    record.EventType = KEY_EVENT;
    record.Event.KeyEvent.wVirtualKeyCode = VK_RETURN;
    record.Event.KeyEvent.uChar.AsciiChar = '\r';
    cell.Char.AsciiChar = 'x';
    cell.Attributes = 7;
    start.cb = sizeof(start);
    line.DCBlength = sizeof(line);
    line.BaudRate = CBR_9600;
    line.Parity = NOPARITY;
    line.StopBits = ONESTOPBIT;
    CHECK(sizeof(INPUT_RECORD) == 20 && sizeof(CHAR_INFO) == 4 && sizeof(CONSOLE_CURSOR_INFO) == 8);
    CHECK(sizeof(STARTUPINFOA) == 104 && sizeof(PROCESS_INFORMATION) == 24 && sizeof(DCB) == 28 && sizeof(COMMTIMEOUTS) == 20);
    CHECK(record.Event.KeyEvent.uChar.UnicodeChar == '\r' && cell.Attributes == 7 && cursor.dwSize == 99);
    CHECK(process.dwProcessId == 0 && times.ReadIntervalTimeout == 0xFFFFFFFF && start.cb == 104);
    return result();
}
