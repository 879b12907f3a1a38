/* Serial lines: the types and numbers of their functions. Part of windows.h. */
#ifndef WS2_SERIAL_TYPES_H
#define WS2_SERIAL_TYPES_H

#include "ws2_types.h"
#include "ws2_kernel_types.h"

#define NOPARITY             0
#define ODDPARITY            1
#define EVENPARITY           2
#define MARKPARITY           3
#define SPACEPARITY          4
#define ONESTOPBIT           0
#define ONE5STOPBITS         1
#define TWOSTOPBITS          2
#define DTR_CONTROL_DISABLE  0
#define DTR_CONTROL_ENABLE   1
#define DTR_CONTROL_HANDSHAKE 2
#define RTS_CONTROL_DISABLE  0
#define RTS_CONTROL_ENABLE   1
#define RTS_CONTROL_HANDSHAKE 2
#define RTS_CONTROL_TOGGLE   3
#define CBR_110              110
#define CBR_300              300
#define CBR_600              600
#define CBR_1200             1200
#define CBR_2400             2400
#define CBR_4800             4800
#define CBR_9600             9600
#define CBR_14400            14400
#define CBR_19200            19200
#define CBR_38400            38400
#define CBR_56000            56000
#define CBR_57600            57600
#define CBR_115200           115200
#define CBR_128000           128000
#define CBR_256000           256000
#define SETXOFF              1
#define SETXON               2
#define SETRTS               3
#define CLRRTS               4
#define SETDTR               5
#define CLRDTR               6
#define SETBREAK             8
#define CLRBREAK             9
#define MS_CTS_ON            0x0010
#define MS_DSR_ON            0x0020
#define MS_RING_ON           0x0040
#define MS_RLSD_ON           0x0080
#define CE_RXOVER            0x0001
#define CE_OVERRUN           0x0002
#define CE_RXPARITY          0x0004
#define CE_FRAME             0x0008
#define CE_BREAK             0x0010
#define PURGE_TXABORT        0x0001
#define PURGE_RXABORT        0x0002
#define PURGE_TXCLEAR        0x0004
#define PURGE_RXCLEAR        0x0008
#ifndef MAXDWORD
# define MAXDWORD            0xFFFFFFFF
#endif

typedef struct _DCB {
    DWORD DCBlength, BaudRate;
    DWORD fBinary : 1, fParity : 1, fOutxCtsFlow : 1, fOutxDsrFlow : 1, fDtrControl : 2, fDsrSensitivity : 1,
          fTXContinueOnXoff : 1, fOutX : 1, fInX : 1, fErrorChar : 1, fNull : 1, fRtsControl : 2, fAbortOnError : 1, fDummy2 : 17;
    WORD wReserved, XonLim, XoffLim;
    BYTE ByteSize, Parity, StopBits;
    char XonChar, XoffChar, ErrorChar, EofChar, EvtChar;
    WORD wReserved1;
} DCB, *LPDCB;
typedef struct _COMMTIMEOUTS {
    DWORD ReadIntervalTimeout, ReadTotalTimeoutMultiplier, ReadTotalTimeoutConstant;
    DWORD WriteTotalTimeoutMultiplier, WriteTotalTimeoutConstant;
} COMMTIMEOUTS, *LPCOMMTIMEOUTS;
typedef struct _COMSTAT {
    DWORD fCtsHold : 1, fDsrHold : 1, fRlsdHold : 1, fXoffHold : 1, fXoffSent : 1, fEof : 1, fTxim : 1, fReserved : 25;
    DWORD cbInQue, cbOutQue;
} COMSTAT, *LPCOMSTAT;

#endif
