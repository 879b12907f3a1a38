/* Where a program begins that has WinMain, wWinMain or wmain in place of main: ws2cc -mwindows and -municode link it. A main of
   the program's own comes first. */
#include <windows.h>

#ifdef __cplusplus
extern "C" {
#endif
extern int WinMain(HINSTANCE, HINSTANCE, LPSTR, int) __attribute__((__weak__));
extern int wWinMain(HINSTANCE, HINSTANCE, LPWSTR, int) __attribute__((__weak__));
extern int wmain(int, __WCHAR_TYPE__ **, __WCHAR_TYPE__ **) __attribute__((__weak__));
int main(int argc, char **argv, char **envp) __attribute__((__weak__));
#ifdef __cplusplus
}
#endif

/* The arguments as the program was given them, without its own name. */
#define SKIP_NAME(line)                              \
    do {                                             \
        if (*line == '"') {                          \
            for (line++; *line && *line != '"'; line++) { } \
            if (*line)                               \
                line++;                              \
        } else {                                     \
            while (*line && *line != ' ' && *line != '\t') \
                line++;                              \
        }                                            \
        while (*line == ' ' || *line == '\t')        \
            line++;                                  \
    } while (0)

/* Texts of UTF-8 as texts of wchar_t, of whichever width that is. */
static __WCHAR_TYPE__ **widened(int count, char **texts)
{
    __WCHAR_TYPE__ **wide = (__WCHAR_TYPE__ **)calloc((size_t)count + 1, sizeof(*wide));
    int i;

    for (i = 0; wide != NULL && i < count; i++) {
        int room = MultiByteToWideChar(CP_UTF8, 0, texts[i], -1, NULL, 0), at, to = 0;
        WCHAR *units = (WCHAR *)calloc((size_t)room + 1, sizeof(WCHAR));

        wide[i] = (__WCHAR_TYPE__ *)calloc((size_t)room + 1, sizeof(**wide));
        if (units == NULL || wide[i] == NULL)
            abort();
        MultiByteToWideChar(CP_UTF8, 0, texts[i], -1, units, room);
        for (at = 0; at < room; at++) {
            if (sizeof(**wide) > sizeof(WCHAR) && units[at] >= 0xD800 && units[at] < 0xDC00 && at + 1 < room) {
                wide[i][to++] = (__WCHAR_TYPE__)(0x10000 + ((units[at] - 0xD800) << 10) + (units[at + 1] - 0xDC00));
                at++;
            } else {
                wide[i][to++] = (__WCHAR_TYPE__)units[at];
            }
        }
        free(units);
    }
    return wide;
}

int main(int argc, char **argv, char **envp)
{
    HINSTANCE instance = (HINSTANCE)GetModuleHandleA(NULL);

    if (wmain != NULL) {
        int variables = 0;

        while (envp[variables] != NULL)
            variables++;
        return wmain(argc, widened(argc, argv), widened(variables, envp));
    }
    if (wWinMain != NULL) {
        LPWSTR line = GetCommandLineW();

        SKIP_NAME(line);
        return wWinMain(instance, NULL, line, SW_SHOWDEFAULT);
    }
    if (WinMain != NULL) {
        LPSTR line = GetCommandLineA();

        SKIP_NAME(line);
        return WinMain(instance, NULL, line, SW_SHOWDEFAULT);
    }
    (void)argv;
    OutputDebugStringA("neither main nor WinMain, wWinMain or wmain\n");
    return 127;
}
