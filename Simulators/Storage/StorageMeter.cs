using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace UonOfferum.Simulators.Storage;

/// <summary>
/// A loopback proxy between the app and a storage account that forwards every request unchanged and logs it: the cost of a
/// lead is counted on the network, where retries and the host's own calls are included. On demand it injects faults.
/// </summary>
public sealed partial class StorageMeter : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly HttpMessageInvoker _account = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(2),
    });

    private readonly List<LoopbackServer> _servers = [];
    private readonly StorageSpoiler _spoiler = new();

    private StorageMeter(string connectionString) => ConnectionString = connectionString;

    /// <summary>The account's connection string, with the meter's addresses.</summary>
    public string ConnectionString { get; private set; }

    public CallLog<StorageCall> Calls { get; } = new();

    /// <summary>From now on the storage account fails in this way; null: ends the fault.</summary>
    public async Task SetFaultAsync(StorageFault? fault, CancellationToken cancellationToken)
    {
        _spoiler.Fault = fault;
        foreach (var server in _servers)
        {
            await (fault == StorageFault.Refused ? server.GoDownAsync() : server.ComeBackAsync(cancellationToken));
        }
    }

    /// <param name="connectionString">Contains its endpoints, each on loopback.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<StorageMeter> StartAsync(string connectionString, CancellationToken cancellationToken)
    {
        var meter = new StorageMeter(connectionString);
        foreach (var endpoint in Endpoint().Matches(connectionString).ToList())
        {
            var (service, address) = (endpoint.Groups["service"].Value, new Uri(endpoint.Groups["address"].Value));
            var server = await LoopbackServer.StartAsync(
                new IPEndPoint(IPAddress.Loopback, 0), (context, cancellation) => meter.PassAsync(service, address, context, cancellation), cancellationToken);
            meter._servers.Add(server);
            meter.ConnectionString = meter.ConnectionString.Replace(address.GetLeftPart(UriPartial.Authority) + "/", server.BaseAddress.ToString(), StringComparison.Ordinal);
        }

        return meter;
    }

    /// <summary>The storage cost of the work, until every message that it caused is gone.</summary>
    public async Task<StorageBill> BillAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        Calls.Clear();
        await work();
        await WaitUntilSettledAsync(cancellationToken);
        return StorageBill.Of(Calls);
    }

    /// <summary>Waits until every message of the log is gone.</summary>
    public async Task WaitUntilSettledAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        while (Messages(StorageCallKind.Send) != Messages(StorageCallKind.Delete))
        {
            await Task.Delay(Look, TimeProvider.System, patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        _account.Dispose();
    }

    private int Messages(StorageCallKind kind) => Calls.Count(call => call.Kind == kind && call.Status < 300);

    private async Task PassAsync(string service, Uri address, HttpContext context, CancellationToken cancellationToken)
    {
        var from = context.Request;
        if (await _spoiler.AnswersInsteadAsync(context, cancellationToken))
        {
            return;
        }

        var body = await BytesAsync(from.Body, cancellationToken);
        using var request = new HttpRequestMessage(new HttpMethod(from.Method), new Uri(address, Target(from)));
        if (body.Length > 0 || from.ContentLength is not null)
        {
            // An empty body also has headers, and the signature covers the content type.
            request.Content = new ByteArrayContent(body);
        }

        foreach (var (name, values) in from.Headers)
        {
            if (!IsOfTheConnection(name) && !request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        using var answer = await _account.SendAsync(request, cancellationToken);
        var bytes = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        Calls.Add(Read(service, from, (int)answer.StatusCode, body, bytes));
        if (_spoiler.LosesReply(from))
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => !IsOfTheConnection(header.Key)))
        {
            context.Response.Headers.Append(name, values.ToArray());
        }

        if (bytes.Length > 0)
        {
            context.Response.ContentLength = bytes.Length;
            await context.Response.Body.WriteAsync(bytes, cancellationToken);
        }
    }

    private static StorageCall Read(string service, HttpRequest request, int status, byte[] body, byte[] answer)
    {
        var target = Target(request).Split('?', 2);
        return service switch
        {
            "Queue" => StorageCallReader.Queue(request.Method, target[0], status, answer),
            "Table" => StorageCallReader.Table(request.Method, target[0], target.ElementAtOrDefault(1) ?? "", status, body, answer),
            _ => new StorageCall(StorageCallKind.Blob, "", status, 1),
        };
    }

    /// <summary>As it was sent: the signature covers each escape.</summary>
    private static string Target(HttpRequest request) => request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

    private static bool IsOfTheConnection(string header) =>
        header.Equals("Host", StringComparison.OrdinalIgnoreCase)
        || header.Equals("Connection", StringComparison.OrdinalIgnoreCase)
        || header.Equals("Keep-Alive", StringComparison.OrdinalIgnoreCase)
        || header.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)
        || header.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase);

    private static async Task<byte[]> BytesAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancellationToken);
        return bytes.ToArray();
    }

    [GeneratedRegex("(?<service>Blob|Queue|Table)Endpoint=(?<address>http://127[^;]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Endpoint();
}
