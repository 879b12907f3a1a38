/* A program that begins with wmain. */
#include "check.h"

int wmain(int count, wchar_t **arguments, wchar_t **variables)
{
    CHECK(count == 3 && arguments[3] == NULL && variables != NULL);
    CHECK(count == 3 && arguments[1][0] == 0xE9 && arguments[1][1] == 0);
    CHECK(count == 3 && arguments[2][0] == L't' && arguments[2][1] == L'w');
    return result();
}
