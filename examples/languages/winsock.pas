{ A listener and a client in one process, in Free Pascal: prints what arrived, and the error of a send without a connection. }
program winsock;

{$mode objfpc}{$H+}

uses winsock2;

procedure Check(good: Boolean);
begin
  if not good then begin
    WriteLn('Winsock error ', WSAGetLastError);
    Halt(1);
  end;
end;

var
  data: TWSAData;
  address: TSockAddrIn;
  length, count: LongInt;
  listener, client, server, lonely: TSocket;
  buffer: array[0..99] of Char;
  text: String;

begin
  if WSAStartup($0202, data) <> 0 then Halt(1);
  FillChar(address, SizeOf(address), 0);
  address.sin_family := AF_INET;
  address.sin_addr.S_addr := inet_addr('127.0.0.1');
  length := SizeOf(address);
  listener := socket(AF_INET, SOCK_STREAM, 0);
  Check(listener <> INVALID_SOCKET);
  Check(bind(listener, address, length) = 0);
  Check(listen(listener, 1) = 0);
  Check(getsockname(listener, address, length) = 0);

  client := socket(AF_INET, SOCK_STREAM, 0);
  Check(connect(client, address, length) = 0);
  server := accept(listener, nil, nil);
  Check(server <> INVALID_SOCKET);
  text := 'hello';
  Check(send(client, text[1], 5, 0) = 5);
  count := recv(server, buffer, SizeOf(buffer), 0);
  Check(count > 0);
  SetString(text, @buffer[0], count);
  WriteLn('received ', text);

  lonely := socket(AF_INET, SOCK_STREAM, 0);
  Check(send(lonely, buffer, 5, 0) = SOCKET_ERROR);
  WriteLn('error ', WSAGetLastError); { 10057, WSAENOTCONN }
  Check(closesocket(listener) = 0);
  Check(closesocket(client) = 0);
  Check(closesocket(server) = 0);
  Check(closesocket(lonely) = 0);
  Check(WSACleanup = 0);
end.
