using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using UonOfferum.Tests.Simulation.Host;
using UonOfferum.Tests.Simulation.Runs;

namespace UonOfferum.Tests.Simulation.Storage;

/// <summary>Replaces the HTTP transport of the Azure clients; everything above it is the SDK's own code.</summary>
internal sealed class SimulatedTransport(World world, Instance instance) : HttpPipelineTransport
{
    public override Request CreateRequest() => HttpClientTransport.Shared.CreateRequest();

    public override void Process(HttpMessage message) => throw new NotSupportedException("The app talks to storage asynchronously.");

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        message.CancellationToken.ThrowIfCancellationRequested();
        var request = await ReadAsync(message.Request).ConfigureAwait(false);
        var call = world.Loop.LeaveOut(() => new StorageCall(instance, request, r => r.Service == "table" ? world.Tables.Answer(r) : world.Queues.Answer(r), world.Clock));
        world.Ask(call);
        var reply = await call.Done.ConfigureAwait(false);
        message.Response = new SimulatedResponse(reply, message.Request.ClientRequestId);
    }

    private static async ValueTask<StorageRequest> ReadAsync(Request request)
    {
        var body = ReadOnlyMemory<byte>.Empty;
        if (request.Content is { } content)
        {
            using var stream = new MemoryStream();
            await content.WriteToAsync(stream, CancellationToken.None).ConfigureAwait(false);
            body = stream.ToArray();
        }

        var address = request.Uri.ToUri();
        request.Headers.TryGetValue("If-Match", out var ifMatch);
        return new StorageRequest(address.Host.StartsWith("table", StringComparison.Ordinal) ? "table" : "queue", request.Method.Method, address, ifMatch, body);
    }

    private sealed class SimulatedResponse(StorageReply reply, string clientRequestId) : Response
    {
        private readonly MemoryStream _buffered = new(reply.Bytes.ToArray());
        private Stream? _content;

        public override int Status => reply.Status;

        public override string ReasonPhrase => "";

        public override Stream? ContentStream
        {
            get => _content ?? _buffered;
            set => _content = value;
        }

        public override string ClientRequestId { get; set; } = clientRequestId;

        // The client reads a buffered answer after it disposes the message.
        public override void Dispose()
        {
        }

        protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
        {
            value = name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase) ? reply.ContentType
                : reply.Headers.FirstOrDefault(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
            return value is not null;
        }

        protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
        {
            values = TryGetHeader(name, out var value) ? [value] : null;
            return values is not null;
        }

        protected override bool ContainsHeader(string name) => TryGetHeader(name, out _);

        protected override IEnumerable<HttpHeader> EnumerateHeaders() =>
            reply.Headers.Select(h => new HttpHeader(h.Key, h.Value)).Append(new HttpHeader("Content-Type", reply.ContentType));
    }
}
