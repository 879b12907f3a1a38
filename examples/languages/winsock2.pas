{ Winsock's functions with Windows' names for Free Pascal: the part of Windows' unit WinSock2 that programs use most. Its
  declarations compile for Windows and for Linux alike.

  Free Pascal passes a `const` record of up to 16 bytes by value on 64-bit Linux, where Windows passes it by reference: records are
  `constref` or `var` here, and must be so in declarations of your own. }
unit winsock2;

{$mode objfpc}{$H+}

interface

const
  ws2_32 = 'ws2_32.dll';
  AF_INET = 2;
  AF_INET6 = 23;
  SOCK_STREAM = 1;
  SOCK_DGRAM = 2;
  IPPROTO_TCP = 6;
  IPPROTO_UDP = 17;
  SOL_SOCKET = $FFFF;
  SO_REUSEADDR = 4;
  SD_RECEIVE = 0;
  SD_SEND = 1;
  SD_BOTH = 2;
  SOCKET_ERROR = -1;
  INVALID_SOCKET = PtrUInt(-1);
  WSAEWOULDBLOCK = 10035;
  WSAENOTSOCK = 10038;
  WSAECONNRESET = 10054;
  WSAENOTCONN = 10057;
  WSAECONNREFUSED = 10061;

type
  TSocket = PtrUInt;
  TWSAData = packed record
    wVersion, wHighVersion: Word;
    iMaxSockets, iMaxUdpDg: Word;
    lpVendorInfo: PChar;
    szDescription: array[0..256] of Char;
    szSystemStatus: array[0..128] of Char;
    padding: array[0..5] of Byte;
  end;
  TInAddr = record
    S_addr: LongWord;
  end;
  TSockAddrIn = record
    sin_family, sin_port: Word;
    sin_addr: TInAddr;
    sin_zero: array[0..7] of Char;
  end;

function WSAStartup(wVersionRequested: Word; var WSData: TWSAData): LongInt; stdcall; external ws2_32;
function WSACleanup: LongInt; stdcall; external ws2_32;
function WSAGetLastError: LongInt; stdcall; external ws2_32;
procedure WSASetLastError(iError: LongInt); stdcall; external ws2_32;
function socket(af, struct, protocol: LongInt): TSocket; stdcall; external ws2_32;
function closesocket(s: TSocket): LongInt; stdcall; external ws2_32;
function bind(s: TSocket; constref name: TSockAddrIn; namelen: LongInt): LongInt; stdcall; external ws2_32;
function listen(s: TSocket; backlog: LongInt): LongInt; stdcall; external ws2_32;
function accept(s: TSocket; addr: Pointer; addrlen: PLongInt): TSocket; stdcall; external ws2_32;
function connect(s: TSocket; constref name: TSockAddrIn; namelen: LongInt): LongInt; stdcall; external ws2_32;
function getsockname(s: TSocket; var name: TSockAddrIn; var namelen: LongInt): LongInt; stdcall; external ws2_32;
function getpeername(s: TSocket; var name: TSockAddrIn; var namelen: LongInt): LongInt; stdcall; external ws2_32;
function send(s: TSocket; constref Buf; len, flags: LongInt): LongInt; stdcall; external ws2_32;
function recv(s: TSocket; var Buf; len, flags: LongInt): LongInt; stdcall; external ws2_32;
function sendto(s: TSocket; constref Buf; len, flags: LongInt; constref addrto: TSockAddrIn; tolen: LongInt): LongInt;
  stdcall; external ws2_32;
function recvfrom(s: TSocket; var Buf; len, flags: LongInt; var from: TSockAddrIn; var fromlen: LongInt): LongInt;
  stdcall; external ws2_32;
function shutdown(s: TSocket; how: LongInt): LongInt; stdcall; external ws2_32;
function ioctlsocket(s: TSocket; cmd: LongInt; var arg: LongWord): LongInt; stdcall; external ws2_32;
function setsockopt(s: TSocket; level, optname: LongInt; optval: Pointer; optlen: LongInt): LongInt; stdcall; external ws2_32;
function getsockopt(s: TSocket; level, optname: LongInt; optval: Pointer; var optlen: LongInt): LongInt; stdcall; external ws2_32;
function inet_addr(cp: PChar): LongWord; stdcall; external ws2_32;
function htons(hostshort: Word): Word; stdcall; external ws2_32;
function ntohs(netshort: Word): Word; stdcall; external ws2_32;
function htonl(hostlong: LongWord): LongWord; stdcall; external ws2_32;
function ntohl(netlong: LongWord): LongWord; stdcall; external ws2_32;

implementation

end.
