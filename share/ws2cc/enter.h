/* Before a header of the C++ library: the system is what it is, so that the library chooses rightly. leave.h ends it.
   Included many times, and one inside the other. */
#pragma push_macro("_WIN32")
#pragma push_macro("_WIN64")
#pragma push_macro("WIN32")
#pragma push_macro("WIN64")
#pragma push_macro("__WIN32__")
#pragma push_macro("__WIN64__")
#pragma push_macro("__linux__")
#pragma push_macro("__linux")
#pragma push_macro("__gnu_linux__")
#pragma push_macro("__unix__")
#pragma push_macro("__unix")
#undef _WIN32
#undef _WIN64
#undef WIN32
#undef WIN64
#undef __WIN32__
#undef __WIN64__
#undef __linux__
#undef __linux
#undef __gnu_linux__
#undef __unix__
#undef __unix
#define __linux__ 1
#define __linux 1
#define __gnu_linux__ 1
#define __unix__ 1
#define __unix 1
