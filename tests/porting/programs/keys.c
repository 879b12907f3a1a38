/* Key by key: what the test types comes without waiting for a line. */
#include <conio.h>

#include "check.h"

int main(void)
{
    int key;

    _cputs("keys\n");
    while ((key = _getch()) != 'q' && key > 0)
        _cprintf("%d\n", key);
    _putch('.');
    printf("\n");
    return result();
}
