/* ssize_t, which Windows' compilers other than Microsoft's have from every header of the C run-time. Without ws2cc only
   libc's headers give it: programs that have one of their own then keep it. */
#pragma GCC system_header

#if defined WS2CC_PREDEFINED_H && !defined _MSC_VER && !defined __ssize_t_defined && !defined _SSIZE_T_DEFINED
typedef long ssize_t;
# define __ssize_t_defined
# define _SSIZE_T_DEFINED
#endif
