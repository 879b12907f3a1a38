/* What Rust's standard library asks of an unwinder, for the shared library, in which nothing is unwound: a panic ends the process, and
   its message has no backtrace (a debugger's and a core dump's are whole). The compiler's shared unwinder would have to be loaded
   whenever a program starts, and the one to link in asks for a newer glibc, and is not to be mixed with a program's own.

   A program may unwind through frames of the library with its own unwinder: pthread_exit, C++ exceptions from a function that the
   library calls. Those are told that the standard library's frames have nothing to do on the way. */
#include <stddef.h>
#include <stdlib.h>

struct _Unwind_Context;

int _Unwind_Backtrace(void *each, void *argument);
unsigned long _Unwind_GetIP(struct _Unwind_Context *context);
unsigned long _Unwind_GetIPInfo(struct _Unwind_Context *context, int *before);
unsigned long _Unwind_GetRegionStart(struct _Unwind_Context *context);
unsigned long _Unwind_GetTextRelBase(struct _Unwind_Context *context);
unsigned long _Unwind_GetDataRelBase(struct _Unwind_Context *context);
void *_Unwind_GetLanguageSpecificData(struct _Unwind_Context *context);
void _Unwind_SetGR(struct _Unwind_Context *context, int which, unsigned long value);
void _Unwind_SetIP(struct _Unwind_Context *context, unsigned long value);
void _Unwind_Resume(void *exception);

/* _URC_END_OF_STACK */
int _Unwind_Backtrace(void *each, void *argument)
{
    (void)each;
    (void)argument;
    return 5;
}

/* No table: the personality goes on to the next frame. */
void *_Unwind_GetLanguageSpecificData(struct _Unwind_Context *context)
{
    (void)context;
    return NULL;
}

/* Without a table and without a backtrace nobody comes here. */
unsigned long _Unwind_GetIP(struct _Unwind_Context *context)
{
    (void)context;
    return 0;
}

unsigned long _Unwind_GetIPInfo(struct _Unwind_Context *context, int *before)
{
    *before = 0;
    return _Unwind_GetIP(context);
}

unsigned long _Unwind_GetRegionStart(struct _Unwind_Context *context)
{
    return _Unwind_GetIP(context);
}

unsigned long _Unwind_GetTextRelBase(struct _Unwind_Context *context)
{
    return _Unwind_GetIP(context);
}

unsigned long _Unwind_GetDataRelBase(struct _Unwind_Context *context)
{
    return _Unwind_GetIP(context);
}

void _Unwind_SetGR(struct _Unwind_Context *context, int which, unsigned long value)
{
    (void)context;
    (void)which;
    (void)value;
    abort();
}

void _Unwind_SetIP(struct _Unwind_Context *context, unsigned long value)
{
    _Unwind_SetGR(context, 0, value);
}

void _Unwind_Resume(void *exception)
{
    _Unwind_SetGR(exception, 0, 0);
}
