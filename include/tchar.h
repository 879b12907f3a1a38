/* TCHAR and its functions, for narrow builds: without _UNICODE a TCHAR is a char. */
#ifndef WS2_TCHAR_H
#define WS2_TCHAR_H

#ifdef _UNICODE
# error "tchar.h is for narrow builds here: take out _UNICODE, since Unix's wchar_t has 32 bits and not 16"
#endif

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ws2_tchar.h"

typedef TCHAR _TCHAR;

#define __T(text) text
#define _T(text)  __T(text)
#define _TEXT(text) __T(text)

#define _tmain    main
#define _TEOF     EOF
#define _TUCHAR   unsigned char
#define _TINT     int

#define _fgettc   fgetc
#define _fgetts   fgets
#define _fputtc   fputc
#define _fputts   fputs
#define _ftprintf fprintf
#define _gettchar getchar
#define _puttchar putchar
#define _putts    puts
#define _sntprintf snprintf
#define _stprintf sprintf
#define _stscanf  sscanf
#define _tfopen   fopen
#define _tgetenv  getenv
#define _tgetenv_s getenv_s
#define _tdupenv_s _dupenv_s
#define _tputenv  _putenv
#define _stprintf_s sprintf_s
#define _vstprintf_s vsprintf_s
#define _sntprintf_s _snprintf_s
#define _vsntprintf _vsnprintf
#define _vsntprintf_s _vsnprintf_s
#define _sctprintf _scprintf
#define _tfopen_s fopen_s
#define _tremove  remove
#define _trename  rename
#define _tunlink  _unlink
#define _taccess  _access
#define _tmkdir   _mkdir
#define _trmdir   _rmdir
#define _tchdir   _chdir
#define _tprintf  printf
#define _tscanf   scanf
#define _vftprintf vfprintf
#define _vstprintf vsprintf
#define _vtprintf vprintf

#define _tcscat   strcat
#define _tcschr   strchr
#define _tcscmp   strcmp
#define _tcscpy   strcpy
#define _tcsdup   strdup
#define _tcsicmp  strcasecmp
#define _tcsnicmp strncasecmp
#define _tcslen   strlen
#define _tcsncat  strncat
#define _tcsncmp  strncmp
#define _tcsncpy  strncpy
#define _tcsrchr  strrchr
#define _tcsstr   strstr
#define _tcstok   strtok
#define _tcscpy_s strcpy_s
#define _tcscat_s strcat_s
#define _tcsncpy_s strncpy_s
#define _tcsncat_s strncat_s
#define _tcstok_s strtok_s
#define _tcsnlen  strnlen
#define _tcspbrk  strpbrk
#define _tcsspn   strspn
#define _tcscspn  strcspn
#define _tcslwr   _strlwr
#define _tcsupr   _strupr
#define _tcsrev   _strrev
#define _tcstol   strtol
#define _tcstoul  strtoul
#define _tstoi    atoi
#define _ttoi     atoi
#define _ttol     atol

#define _istalnum isalnum
#define _istalpha isalpha
#define _istdigit isdigit
#define _istspace isspace
#define _totlower tolower
#define _totupper toupper

#endif
