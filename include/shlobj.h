/* Where a user's files are, by the numbers that Windows has for such folders: those that a Linux has too. The shell's dialogues
   are not here. */
#ifndef WS2_SHLOBJ_H
#define WS2_SHLOBJ_H
#pragma GCC system_header

#ifndef _SHLOBJ_H_
# define _SHLOBJ_H_
#endif

#include "windows.h"

#define CSIDL_DESKTOP          0x0000
#define CSIDL_PERSONAL         0x0005
#define CSIDL_MYDOCUMENTS      0x0005
#define CSIDL_MYMUSIC          0x000D
#define CSIDL_MYVIDEO          0x000E
#define CSIDL_DESKTOPDIRECTORY 0x0010
#define CSIDL_APPDATA          0x001A
#define CSIDL_LOCAL_APPDATA    0x001C
#define CSIDL_COMMON_APPDATA   0x0023
#define CSIDL_WINDOWS          0x0024
#define CSIDL_SYSTEM           0x0025
#define CSIDL_PROGRAM_FILES    0x0026
#define CSIDL_MYPICTURES       0x0027
#define CSIDL_PROFILE          0x0028
#define CSIDL_FLAG_CREATE      0x8000
#define SHGFP_TYPE_CURRENT     0
#define SHGFP_TYPE_DEFAULT     1

/* The directory behind a number, below the user's own; whether there is one. */
static __inline__ BOOL ws2_folder(int csidl, char *path)
{
    static const struct {
        int         number;
        const char *variable, *below;
    } known[] = {
        { CSIDL_DESKTOP, "", "/Desktop" },     { CSIDL_DESKTOPDIRECTORY, "", "/Desktop" }, { CSIDL_PERSONAL, "", "/Documents" },
        { CSIDL_MYMUSIC, "", "/Music" },       { CSIDL_MYVIDEO, "", "/Videos" },           { CSIDL_MYPICTURES, "", "/Pictures" },
        { CSIDL_APPDATA, "XDG_CONFIG_HOME", "/.config" }, { CSIDL_LOCAL_APPDATA, "XDG_DATA_HOME", "/.local/share" },
        { CSIDL_PROFILE, "", "" },
    };
    size_t at;
    DWORD length;

    for (at = 0; at < sizeof known / sizeof known[0]; at++) {
        if (known[at].number != csidl)
            continue;
        length = known[at].variable[0] != 0 ? GetEnvironmentVariableA(known[at].variable, path, MAX_PATH) : 0;
        if (length > 0 && length < MAX_PATH)
            return TRUE;
        length = GetEnvironmentVariableA("HOME", path, MAX_PATH);
        if (length == 0 || length + ws2_libc_strlen(known[at].below) >= MAX_PATH)
            return FALSE;
        lstrcatA(path, known[at].below);
        return TRUE;
    }
    /* Others have no such folder: Windows' own directories, those of all users. */
    return FALSE;
}

/* S_OK; S_FALSE where the directory is not there; E_INVALIDARG for a folder that Linux does not have. */
static __inline__ HRESULT SHGetFolderPathA(HWND hwnd, int csidl, HANDLE hToken, DWORD dwFlags, LPSTR pszPath)
{
    DWORD attributes;
    char *slash;

    (void)hwnd, (void)hToken, (void)dwFlags;
    if (pszPath == NULL)
        return E_INVALIDARG;
    pszPath[0] = 0;
    if (!ws2_folder(csidl & 0xFF, pszPath)) {
        pszPath[0] = 0;
        return E_INVALIDARG;
    }
    attributes = GetFileAttributesA(pszPath);
    if (attributes == INVALID_FILE_ATTRIBUTES && (csidl & CSIDL_FLAG_CREATE) != 0) {
        /* Those above it first; what is there already stays. */
        for (slash = pszPath + 1; (slash = ws2_libc_strchr(slash, '/')) != NULL; slash++) {
            *slash = 0;
            CreateDirectoryA(pszPath, NULL);
            *slash = '/';
        }
        CreateDirectoryA(pszPath, NULL);
        attributes = GetFileAttributesA(pszPath);
    }
    return attributes == INVALID_FILE_ATTRIBUTES ? S_FALSE : S_OK;
}

static __inline__ HRESULT SHGetFolderPathW(HWND hwnd, int csidl, HANDLE hToken, DWORD dwFlags, LPWSTR pszPath)
{
    char path[MAX_PATH];
    HRESULT result;

    if (pszPath == NULL)
        return E_INVALIDARG;
    result = SHGetFolderPathA(hwnd, csidl, hToken, dwFlags, path);
    if (MultiByteToWideChar(CP_UTF8, 0, path, -1, pszPath, MAX_PATH) == 0) {
        pszPath[0] = 0;
        return E_FAIL;
    }
    return result;
}

static __inline__ BOOL SHGetSpecialFolderPathA(HWND hwnd, LPSTR pszPath, int csidl, BOOL fCreate)
{
    return SHGetFolderPathA(hwnd, (csidl & 0xFF) | (fCreate ? CSIDL_FLAG_CREATE : 0), NULL, SHGFP_TYPE_CURRENT, pszPath) == S_OK;
}

static __inline__ BOOL SHGetSpecialFolderPathW(HWND hwnd, LPWSTR pszPath, int csidl, BOOL fCreate)
{
    return SHGetFolderPathW(hwnd, (csidl & 0xFF) | (fCreate ? CSIDL_FLAG_CREATE : 0), NULL, SHGFP_TYPE_CURRENT, pszPath) == S_OK;
}

#define SHGetFolderPath        WS2_WIDTH(SHGetFolderPath)
#define SHGetSpecialFolderPath WS2_WIDTH(SHGetSpecialFolderPath)

#endif
