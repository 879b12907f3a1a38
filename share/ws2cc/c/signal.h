/* libc's header; kill and killpg, which Windows has not, are the program's, unless its configuration says that it has found them. */
#pragma GCC system_header
#pragma push_macro("kill")
#undef kill
#pragma push_macro("killpg")
#undef killpg
#ifndef HAVE_KILL
# define kill ws2_libc_kill
#endif
#ifndef HAVE_KILLPG
# define killpg ws2_libc_killpg
#endif
#include_next <signal.h>
#undef kill
#undef killpg
#pragma pop_macro("kill")
#pragma pop_macro("killpg")
