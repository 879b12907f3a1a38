/* What comes with windows.h on Windows: <string.h>, <stdlib.h>, <ctype.h>, <limits.h>, <stdarg.h>; before and after
   the headers themselves. */
#include <winsock2.h>

static int sum(int count, ...)
{
    va_list numbers;
    int result = 0;

    va_start(numbers, count);
    while (count-- > 0)
        result += va_arg(numbers, int);
    va_end(numbers);
    return result;
}

static int before(void)
{
    char text[16];
    char *copy = (char *)malloc(8);

    strcpy(text, "abc");
    strcat(text, "d");
    if (copy == NULL || strlen(text) != 4 || strchr(text, 'c') != text + 2 || strrchr(text, 'x') != NULL)
        exit(1);
    memcpy(copy, text, 5);
    if (memcmp(copy, text, 5) != 0 || strstr(copy, "cd") != copy + 2 || toupper('a') != 'A' || USHRT_MAX != 65535)
        abort();
    free(copy);
    return sum(2, atoi("4"), abs(-5)) + (getenv("NO_SUCH_VARIABLE") != NULL);
}

#include <string.h>
#include <stdlib.h>
#include <ctype.h>

int main(void)
{
    const char *fixed = "a=b";
    return !(before() == 9 && strchr(fixed, '=') == fixed + 1 && INT_MAX > 0);
}
