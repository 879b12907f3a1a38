/* A program for windows, that is, one without a console of its own: it begins with WinMain. */
#include "check.h"
#include <string.h>

int WINAPI WinMain(HINSTANCE instance, HINSTANCE before, LPSTR line, int show)
{
    CHECK(instance == (HINSTANCE)GetModuleHandle(NULL));
    CHECK(before == NULL && strcmp(line, "one \"two three\"") == 0);
    CHECK(show == SW_SHOWDEFAULT || show == SW_SHOWNORMAL);
    return result();
}
