/* What is typed, as a handle that can be waited for, read and closed; its value is no other object's. */
#include "check.h"

int main(void)
{
    HANDLE in = GetStdHandle(STD_INPUT_HANDLE), events[100];
    char text[64];
    DWORD got = 0;
    int i;

    for (i = 0; i < 100; i++)
        events[i] = CreateEvent(NULL, TRUE, TRUE, NULL);
    CHECK(in != NULL && in != INVALID_HANDLE_VALUE && GetFileType(in) != FILE_TYPE_UNKNOWN);
    CHECK(WaitForSingleObject(in, 5000) == WAIT_OBJECT_0);
    CHECK(ReadFile(in, text, sizeof(text), &got, NULL) && got == 6 && text[0] == 't');
    CHECK(CloseHandle(in));
    CHECK(!ReadFile(in, text, sizeof(text), &got, NULL));
    for (i = 0; i < 100; i++)
        CHECK(WaitForSingleObject(events[i], 0) == WAIT_OBJECT_0 && CloseHandle(events[i]));
    return result();
}
