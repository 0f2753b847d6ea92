import { createServer, request as ask, type IncomingMessage, type Server as HttpServer, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/**
 * What the network does to every request: lets it through, breaks the connection, never answers,
 * answers in the server's place, or lets it through and breaks off the answer.
 */
export type Weather = 'clear' | 'down' | 'silent' | 'error' | 'unavailable' | 'portal' | 'deaf';

/** Stands between the browser and the server, and is as bad as the test says. */
export class Network {
  weather: Weather = 'clear';

  private constructor(
    private readonly http: HttpServer,
    readonly url: string,
  ) {}

  static async before(port: number): Promise<Network> {
    const http = createServer();
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    const network = new Network(http, `http://127.0.0.1:${(http.address() as AddressInfo).port}`);
    http.on('request', (request, response) => network.handle(request, response, port));
    return network;
  }

  async stop(): Promise<void> {
    this.http.closeAllConnections();
    this.http.close();
    await once(this.http, 'close');
  }

  private handle(request: IncomingMessage, response: ServerResponse, port: number): void {
    switch (this.weather) {
      case 'down':
        return void request.socket.destroy();
      case 'silent':
        return;
      case 'error':
        return void response.writeHead(500).end('a proxy is unhappy');
      case 'unavailable':
        return void response.writeHead(503, { 'Retry-After': '1' }).end('a proxy is overloaded');
      case 'portal':
        // What cafés and hotels answer, whatever was asked for.
        response.writeHead(200, { 'Content-Type': 'text/html' });
        return void response.end('<!DOCTYPE html><title>Welcome</title><form><input name="room"></form>');
      default:
        this.pass(request, response, port);
    }
  }

  private pass(request: IncomingMessage, response: ServerResponse, port: number): void {
    const { method, url: path, headers } = request;
    const isDeaf = this.weather === 'deaf';
    const upstream = ask({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
      if (isDeaf) {
        answer.resume();
        answer.on('end', () => request.socket.destroy());
        return;
      }
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(response);
    });
    upstream.on('error', () => request.socket.destroy());
    request.pipe(upstream);
  }
}
