/* Parameters with the notes that Visual C++'s analysis reads, as its own templates write them, in the old form and the new. */
#include "check.h"
#include <stdio.h>
#include <string.h>

_Success_(return != 0) _Check_return_ static int first(_In_reads_bytes_(length) const char *bytes, _In_ size_t length, _Out_opt_ char *to)
{
    if (length == 0)
        return 0;
    if (to != NULL)
        *to = bytes[0];
    return 1;
}

static DWORD WINAPI count(_Inout_ LPVOID number)
{
    return (DWORD)InterlockedIncrement((LONG *)number);
}

static int older(IN const char *text, OUT char *to, IN size_t room OPTIONAL)
{
    size_t length = strlen(text);

    if (length >= room)
        return 0;
    memcpy(to, text, length + 1);
    return 1;
}

static int oldest(__in_ecount(length) const char *text, __in_opt const char *other, __inout size_t *length, __out_ecount_full(8) char *to)
{
    (void)other;
    memcpy(to, text, *length);
    return 1;
}

int main(_In_ int count_of, _In_reads_(count_of) char **arguments)
{
    char to[8] = {0};
    LONG number = 4;
    size_t length = 3;

    CHECK(count_of == 1 && arguments[0] != NULL);
    CHECK(first("xy", 2, to) == 1 && to[0] == 'x' && first("", 0, NULL) == 0);
    CHECK(count(&number) == 5);
    CHECK(older("abc", to, sizeof to) == 1 && older("too long", to, sizeof to) == 0 && strcmp(to, "abc") == 0);
    CHECK(oldest("def", NULL, &length, to) == 1 && strcmp(to, "def") == 0);
    return result();
}
