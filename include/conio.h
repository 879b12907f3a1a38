/* The console, key by key: _kbhit, _getch, _getche, _putch, _cputs. Keys come from standard input, without waiting for a
   line if that is a terminal; Enter is 13 there, as on Windows. Keys that Windows tells in two parts (arrows, F1) come as the
   terminal sends them. */
#ifndef WS2_CONIO_H
#define WS2_CONIO_H
#pragma GCC system_header

#include <poll.h>
#include <stdarg.h>
#include <termios.h>

#include "ws2_crt_file.h"
#include "ws2_crt_stdio.h"

/* libc's poll under a name of our own: Winsock has other flags. */
struct ws2_conio_pollfd {
    int   fd;
    short events;
    short revents;
};

#ifdef __cplusplus
extern "C" {
#endif
extern int ws2_libc_poll(struct ws2_conio_pollfd *fds, unsigned long count, int timeout) WS2_LIBC(poll);
#ifdef __cplusplus
}
#endif

/* Takes lines and echo away from the terminal, if standard input is one; whether it is. */
static __inline__ int ws2_keys_begin(struct termios *before, int echo)
{
    struct termios keys;

    if (tcgetattr(0, before) != 0)
        return 0;
    keys = *before;
    keys.c_lflag &= (tcflag_t)~(ICANON | ECHO);
    if (echo)
        keys.c_lflag |= ECHO;
    keys.c_iflag &= (tcflag_t)~ICRNL;
    keys.c_cc[VMIN] = 1;
    keys.c_cc[VTIME] = 0;
    return tcsetattr(0, TCSANOW, &keys) == 0;
}

/* Whether a key waits to be read. */
static __inline__ int _kbhit(void)
{
    struct ws2_conio_pollfd input;
    struct termios before;
    int terminal = ws2_keys_begin(&before, 0), waits;

    input.fd = 0;
    input.events = 1;
    input.revents = 0;
    waits = ws2_libc_poll(&input, 1, 0) > 0 && (input.revents & 1) != 0;
    if (terminal)
        tcsetattr(0, TCSANOW, &before);
    return waits;
}

static __inline__ int ws2_key(int echo)
{
    struct termios before;
    unsigned char key = 0;
    int terminal = ws2_keys_begin(&before, echo);
    long got;

    do {
        got = ws2_libc_read(0, &key, 1);
    } while (got < 0 && errno == EINTR);
    if (terminal)
        tcsetattr(0, TCSANOW, &before);
    return got == 1 ? key : -1;
}

/* The next key; -1 at the end of the input. */
static __inline__ int _getch(void)
{
    return ws2_key(0);
}

/* Likewise, and it is shown. */
static __inline__ int _getche(void)
{
    return ws2_key(1);
}

static __inline__ int _putch(int c)
{
    char letter = (char)c;

    return ws2_libc_write(1, &letter, 1) == 1 ? c & 0xFF : -1;
}

static __inline__ int _cputs(const char *str)
{
    size_t length = ws2_libc_strlen(str);

    return ws2_libc_write(1, str, length) == (long)length ? 0 : -1;
}

static __inline__ int _cprintf(const char *format, ...)
{
    char room[512], *text;
    __builtin_va_list arguments;
    int length;

    __builtin_va_start(arguments, format);
    length = ws2_print(room, sizeof(room), &text, format, arguments);
    __builtin_va_end(arguments);
    if (length >= 0 && ws2_libc_write(1, text != NULL ? text : room, (size_t)length) != length)
        length = -1;
    ws2_libc_free(text);
    return length;
}

#ifndef WS2_NO_OLD_NAMES
# if !defined _CURSES_H && !defined __NCURSES_H
#  ifndef getch
#   define getch _getch
#  endif
#  ifndef getche
#   define getche _getche
#  endif
# endif
# ifndef kbhit
#  define kbhit _kbhit
# endif
# ifndef putch
#  define putch _putch
# endif
# ifndef cputs
#  define cputs _cputs
# endif
# ifndef cprintf
#  define cprintf _cprintf
# endif
#endif

#endif
