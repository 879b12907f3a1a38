/* The registry, which Linux does not have: the keys that Windows predefines are there, empty, and nobody may write to them. So
   a program finds none of its settings and goes on with what it does without: opening a key and asking for a value say that there
   is none (ERROR_FILE_NOT_FOUND), making one that it may not be made (ERROR_ACCESS_DENIED). */
#ifndef WS2_WINREG_H
#define WS2_WINREG_H
#pragma GCC system_header

#ifndef _WINREG_
# define _WINREG_
#endif

#include "ws2_records.h" /* ACCESS_MASK */
#include "winerror.h"

typedef struct HKEY__ *HKEY;
typedef HKEY *PHKEY;
typedef ACCESS_MASK REGSAM;
typedef LONG LSTATUS;

#define HKEY_CLASSES_ROOT         ((HKEY)(ULONG_PTR)(LONG)0x80000000)
#define HKEY_CURRENT_USER         ((HKEY)(ULONG_PTR)(LONG)0x80000001)
#define HKEY_LOCAL_MACHINE        ((HKEY)(ULONG_PTR)(LONG)0x80000002)
#define HKEY_USERS                ((HKEY)(ULONG_PTR)(LONG)0x80000003)
#define HKEY_PERFORMANCE_DATA     ((HKEY)(ULONG_PTR)(LONG)0x80000004)
#define HKEY_CURRENT_CONFIG       ((HKEY)(ULONG_PTR)(LONG)0x80000005)
#define HKEY_DYN_DATA             ((HKEY)(ULONG_PTR)(LONG)0x80000006)

#define KEY_QUERY_VALUE           0x0001
#define KEY_SET_VALUE             0x0002
#define KEY_CREATE_SUB_KEY        0x0004
#define KEY_ENUMERATE_SUB_KEYS    0x0008
#define KEY_NOTIFY                0x0010
#define KEY_CREATE_LINK           0x0020
#define KEY_WOW64_64KEY           0x0100
#define KEY_WOW64_32KEY           0x0200
#define KEY_READ                  0x20019
#define KEY_WRITE                 0x20006
#define KEY_EXECUTE               KEY_READ
#define KEY_ALL_ACCESS            0xF003F
#define REG_OPTION_NON_VOLATILE   0x0000
#define REG_OPTION_VOLATILE       0x0001
#define REG_CREATED_NEW_KEY       1
#define REG_OPENED_EXISTING_KEY   2
#define REG_NOTIFY_CHANGE_NAME       1
#define REG_NOTIFY_CHANGE_ATTRIBUTES 2
#define REG_NOTIFY_CHANGE_LAST_SET   4
#define REG_NOTIFY_CHANGE_SECURITY   8
#define REG_NONE                  0
#define REG_SZ                    1
#define REG_EXPAND_SZ             2
#define REG_BINARY                3
#define REG_DWORD                 4
#define REG_DWORD_LITTLE_ENDIAN   4
#define REG_DWORD_BIG_ENDIAN      5
#define REG_LINK                  6
#define REG_MULTI_SZ              7
#define REG_QWORD                 11
#define RRF_RT_REG_SZ             0x00000002
#define RRF_RT_REG_DWORD          0x00000010
#define RRF_RT_DWORD              0x00000018
#define RRF_RT_ANY                0x0000FFFF

/* Whether it is one of the predefined keys: there are no others. */
static __inline__ LSTATUS ws2_registry_key(HKEY hKey)
{
    ULONG_PTR number = (ULONG_PTR)hKey & 0xFFFFFFFFu;

    return number >= 0x80000000u && number <= 0x80000006u ? ERROR_SUCCESS : ERROR_INVALID_HANDLE;
}

/* What a call that changes something answers. */
static __inline__ LSTATUS ws2_registry_change(HKEY hKey)
{
    return ws2_registry_key(hKey) == ERROR_SUCCESS ? ERROR_ACCESS_DENIED : ERROR_INVALID_HANDLE;
}

/* What a call that looks for something answers. */
static __inline__ LSTATUS ws2_registry_look(HKEY hKey)
{
    return ws2_registry_key(hKey) == ERROR_SUCCESS ? ERROR_FILE_NOT_FOUND : ERROR_INVALID_HANDLE;
}

/* What a call that lists answers: there is nothing. */
static __inline__ LSTATUS ws2_registry_list(HKEY hKey)
{
    return ws2_registry_key(hKey) == ERROR_SUCCESS ? ERROR_NO_MORE_ITEMS : ERROR_INVALID_HANDLE;
}

static __inline__ LSTATUS ws2_registry_open(HKEY hKey, int named, PHKEY phkResult)
{
    if (phkResult == NULL)
        return ERROR_INVALID_PARAMETER;
    if (named || ws2_registry_key(hKey) != ERROR_SUCCESS)
        return ws2_registry_look(hKey);
    *phkResult = hKey;
    return ERROR_SUCCESS;
}

/* Of the texts of both forms of a function only the name of a key that is opened is looked at. */
static __inline__ LSTATUS RegOpenKeyExA(HKEY hKey, LPCSTR lpSubKey, DWORD ulOptions, REGSAM samDesired, PHKEY phkResult)
{
    return ws2_registry_open(hKey, lpSubKey != NULL && *lpSubKey != 0, phkResult);
}

static __inline__ LSTATUS RegOpenKeyExW(HKEY hKey, LPCWSTR lpSubKey, DWORD ulOptions, REGSAM samDesired, PHKEY phkResult)
{
    return ws2_registry_open(hKey, lpSubKey != NULL && *lpSubKey != 0, phkResult);
}

static __inline__ LSTATUS RegOpenKeyA(HKEY hKey, LPCSTR lpSubKey, PHKEY phkResult)
{
    return ws2_registry_open(hKey, lpSubKey != NULL && *lpSubKey != 0, phkResult);
}

static __inline__ LSTATUS RegOpenKeyW(HKEY hKey, LPCWSTR lpSubKey, PHKEY phkResult)
{
    return ws2_registry_open(hKey, lpSubKey != NULL && *lpSubKey != 0, phkResult);
}

static __inline__ LSTATUS RegCreateKeyExA(HKEY hKey, LPCSTR lpSubKey, DWORD Reserved, LPSTR lpClass, DWORD dwOptions,
                                          REGSAM samDesired, LPSECURITY_ATTRIBUTES lpSecurityAttributes, PHKEY phkResult,
                                          LPDWORD lpdwDisposition)
{
    return ws2_registry_change(hKey);
}

static __inline__ LSTATUS RegCreateKeyExW(HKEY hKey, LPCWSTR lpSubKey, DWORD Reserved, LPWSTR lpClass, DWORD dwOptions,
                                          REGSAM samDesired, LPSECURITY_ATTRIBUTES lpSecurityAttributes, PHKEY phkResult,
                                          LPDWORD lpdwDisposition)
{
    return ws2_registry_change(hKey);
}

static __inline__ LSTATUS RegCreateKeyA(HKEY hKey, LPCSTR lpSubKey, PHKEY phkResult)
{
    return ws2_registry_change(hKey);
}

static __inline__ LSTATUS RegCreateKeyW(HKEY hKey, LPCWSTR lpSubKey, PHKEY phkResult)
{
    return ws2_registry_change(hKey);
}

static __inline__ LSTATUS RegQueryValueExA(HKEY hKey, LPCSTR lpValueName, LPDWORD lpReserved, LPDWORD lpType, LPBYTE lpData,
                                           LPDWORD lpcbData)
{
    return ws2_registry_look(hKey);
}

static __inline__ LSTATUS RegQueryValueExW(HKEY hKey, LPCWSTR lpValueName, LPDWORD lpReserved, LPDWORD lpType, LPBYTE lpData,
                                           LPDWORD lpcbData)
{
    return ws2_registry_look(hKey);
}

static __inline__ LSTATUS RegGetValueA(HKEY hKey, LPCSTR lpSubKey, LPCSTR lpValue, DWORD dwFlags, LPDWORD pdwType, PVOID pvData,
                                       LPDWORD pcbData)
{
    return ws2_registry_look(hKey);
}

static __inline__ LSTATUS RegGetValueW(HKEY hKey, LPCWSTR lpSubKey, LPCWSTR lpValue, DWORD dwFlags, LPDWORD pdwType, PVOID pvData,
                                       LPDWORD pcbData)
{
    return ws2_registry_look(hKey);
}

static __inline__ LSTATUS RegSetValueExA(HKEY hKey, LPCSTR lpValueName, DWORD Reserved, DWORD dwType, const BYTE *lpData,
                                         DWORD cbData)
{
    return ws2_registry_change(hKey);
}

static __inline__ LSTATUS RegSetValueExW(HKEY hKey, LPCWSTR lpValueName, DWORD Reserved, DWORD dwType, const BYTE *lpData,
                                         DWORD cbData)
{
    return ws2_registry_change(hKey);
}

static __inline__ LSTATUS RegDeleteKeyA(HKEY hKey, LPCSTR lpSubKey)
{
    return ws2_registry_look(hKey);
}

static __inline__ LSTATUS RegDeleteKeyW(HKEY hKey, LPCWSTR lpSubKey)
{
    return ws2_registry_look(hKey);
}

static __inline__ LSTATUS RegDeleteValueA(HKEY hKey, LPCSTR lpValueName)
{
    return ws2_registry_look(hKey);
}

static __inline__ LSTATUS RegDeleteValueW(HKEY hKey, LPCWSTR lpValueName)
{
    return ws2_registry_look(hKey);
}

static __inline__ LSTATUS RegEnumKeyExA(HKEY hKey, DWORD dwIndex, LPSTR lpName, LPDWORD lpcchName, LPDWORD lpReserved,
                                        LPSTR lpClass, LPDWORD lpcchClass, PFILETIME lpftLastWriteTime)
{
    return ws2_registry_list(hKey);
}

static __inline__ LSTATUS RegEnumKeyExW(HKEY hKey, DWORD dwIndex, LPWSTR lpName, LPDWORD lpcchName, LPDWORD lpReserved,
                                        LPWSTR lpClass, LPDWORD lpcchClass, PFILETIME lpftLastWriteTime)
{
    return ws2_registry_list(hKey);
}

static __inline__ LSTATUS RegEnumValueA(HKEY hKey, DWORD dwIndex, LPSTR lpValueName, LPDWORD lpcchValueName, LPDWORD lpReserved,
                                        LPDWORD lpType, LPBYTE lpData, LPDWORD lpcbData)
{
    return ws2_registry_list(hKey);
}

static __inline__ LSTATUS RegEnumValueW(HKEY hKey, DWORD dwIndex, LPWSTR lpValueName, LPDWORD lpcchValueName, LPDWORD lpReserved,
                                        LPDWORD lpType, LPBYTE lpData, LPDWORD lpcbData)
{
    return ws2_registry_list(hKey);
}

static __inline__ LSTATUS RegCloseKey(HKEY hKey)
{
    return ws2_registry_key(hKey);
}

static __inline__ LSTATUS RegFlushKey(HKEY hKey)
{
    return ws2_registry_key(hKey);
}

#define RegOpenKeyEx    WS2_WIDTH(RegOpenKeyEx)
#define RegOpenKey      WS2_WIDTH(RegOpenKey)
#define RegCreateKeyEx  WS2_WIDTH(RegCreateKeyEx)
#define RegCreateKey    WS2_WIDTH(RegCreateKey)
#define RegQueryValueEx WS2_WIDTH(RegQueryValueEx)
#define RegGetValue     WS2_WIDTH(RegGetValue)
#define RegSetValueEx   WS2_WIDTH(RegSetValueEx)
#define RegDeleteKey    WS2_WIDTH(RegDeleteKey)
#define RegDeleteValue  WS2_WIDTH(RegDeleteValue)
#define RegEnumKeyEx    WS2_WIDTH(RegEnumKeyEx)
#define RegEnumValue    WS2_WIDTH(RegEnumValue)

#endif
