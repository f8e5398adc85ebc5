// A U-ON with one lead and an Offerum that accepts every order, on loopback, for eng/core-tools-e2e.sh: there Core Tools must not share a
// process, or .NET assemblies, with its counterparts. Tests and demo use Simulators/.
import { createServer } from 'node:http';

const lead = {
  id: 48213, dat: new Date().toISOString().slice(0, 16).replace('T', ' '), status: 'Новое', client_id: 7,
  client_name: 'Анна', client_surname: 'Лугова', client_phone_mobile: '+79991048213',
};

const json = (answer, status, body) => answer.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));

createServer((call, answer) => {
  const path = call.url.split('?')[0];
  if (call.method === 'POST' && path === '/webmaster/order/') {
    let form = '';
    call.on('data', part => { form += part; });
    call.on('end', () => {
      console.log(`ORDER ${form}`);
      json(answer, 200, { status: 'ok', order_id: 1489733001, additional_status: 0 });
    });
  } else if (/^\/[^/]+\/lead\/48213\.json$/.test(path)) {
    json(answer, 200, { result: 200, lead: [lead] });
  } else {
    json(answer, 404, { result: 404, lead: [] });
  }
}).listen(Number(process.argv[2]), '127.0.0.1');
