/* The Interlocked functions: what each returns and leaves. */
#include <windows.h>

#include <stdio.h>

static int failed;

static void check(int good, int line)
{
    if (!good) {
        printf("line %d\n", line);
        failed = 1;
    }
}

#define CHECK(what) check((what) ? 1 : 0, __LINE__)

int main(void)
{
    LONG volatile number = 5;
    LONG64 volatile wide = 5;
    int a = 1, b = 2;
    PVOID volatile pointer = &a;

    CHECK(InterlockedIncrement(&number) == 6 && number == 6);
    CHECK(InterlockedDecrement(&number) == 5 && number == 5);
    CHECK(InterlockedExchange(&number, 7) == 5 && number == 7);
    CHECK(InterlockedExchangeAdd(&number, 3) == 7 && number == 10);
    CHECK(InterlockedCompareExchange(&number, 1, 9) == 10 && number == 10);
    CHECK(InterlockedCompareExchange(&number, 12, 10) == 10 && number == 12);
    CHECK(InterlockedAnd(&number, 6) == 12 && number == 4);
    CHECK(InterlockedOr(&number, 3) == 4 && number == 7);
    CHECK(InterlockedXor(&number, 5) == 7 && number == 2);
    CHECK(InterlockedIncrement64(&wide) == 6 && InterlockedDecrement64(&wide) == 5);
    CHECK(InterlockedExchange64(&wide, 7) == 5 && InterlockedExchangeAdd64(&wide, 3) == 7 && wide == 10);
    CHECK(InterlockedCompareExchange64(&wide, 12, 10) == 10 && wide == 12);
    CHECK(InterlockedExchangePointer(&pointer, &b) == &a && pointer == &b);
    CHECK(InterlockedCompareExchangePointer(&pointer, NULL, &a) == &b && pointer == &b);
    CHECK(InterlockedCompareExchangePointer(&pointer, NULL, &b) == &b && pointer == NULL);
    if (!failed)
        printf("interlocked: good\n");
    return failed;
}
