/* After a header of the C++ library: what enter.h has hidden comes back. */
#undef __linux__
#undef __linux
#undef __gnu_linux__
#undef __unix__
#undef __unix
#pragma pop_macro("__unix")
#pragma pop_macro("__unix__")
#pragma pop_macro("__gnu_linux__")
#pragma pop_macro("__linux")
#pragma pop_macro("__linux__")
#pragma pop_macro("__WIN64__")
#pragma pop_macro("__WIN32__")
#pragma pop_macro("WIN64")
#pragma pop_macro("WIN32")
#pragma pop_macro("_WIN64")
#pragma pop_macro("_WIN32")
