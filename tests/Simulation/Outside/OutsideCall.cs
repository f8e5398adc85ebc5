using System.Globalization;
using System.Net;
using System.Text;
using UonOfferum.Simulators;
using UonOfferum.Tests.Simulation.Host;
using UonOfferum.Tests.Simulation.Runs;
using UonOfferum.Tests.Simulation.Scheduling;

namespace UonOfferum.Tests.Simulation.Outside;

/// <summary>What arrived at a server outside.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Address">Whole.</param>
/// <param name="Body">As text.</param>
/// <param name="By">The function that sent it.</param>
/// <param name="SentAt">When it went out.</param>
/// <param name="AnswerIsLost">Whatever is answered does not reach the sender, or not in time.</param>
internal sealed record OutsideRequest(string Method, Uri Address, string Body, Invocation? By, DateTimeOffset SentAt, bool AnswerIsLost);

/// <summary>A server outside. It answers in the order in which requests arrive.</summary>
internal interface IOutsideServer
{
    Answer Answer(OutsideRequest request);
}

/// <summary>One HTTP request to U-ON or a destination.</summary>
internal sealed class OutsideCall(Instance owner, HttpRequestMessage request, World world)
    : Call(owner, $"{request.Method} {request.RequestUri!.Host}{request.RequestUri.AbsolutePath}")
{
    private static readonly Fault[] All =
    [
        Fault.KillBefore, Fault.KillAfter, Fault.NoConnection, Fault.ConnectTimeout, Fault.LostRequest, Fault.LostReply, Fault.SilentLoss, Fault.SilentReply, Fault.LateArrival, Fault.SlowReply,
    ];

    private readonly TaskCompletionSource<HttpResponseMessage> _done = new();
    private readonly DateTimeOffset _sentAt = world.Clock.Now;
    private Answer? _answer;
    private string? _body;

    public Task<HttpResponseMessage> Done => _done.Task;

    public override IReadOnlyList<Fault> Faults => All;

    /// <summary>The caller's patience is over, or it never had a connection.</summary>
    public void Cancel()
    {
        IsAbandoned = true;
        _done.TrySetCanceled();
    }

    public override string Arrive()
    {
        GoOut();
        _answer = world.Outside.Answer(new OutsideRequest(request.Method.Method, request.RequestUri!, _body!, By, _sentAt, world.AnswerIsLost));
        return _answer.SeenStatus?.ToString(CultureInfo.InvariantCulture) ?? _answer.Ending.ToString();
    }

    public override void Reply()
    {
        if (world.Outside.ThinksAbout(request.RequestUri!) is var thought && thought > TimeSpan.Zero)
        {
            world.Clock.After(thought, ReplyNow);
        }
        else
        {
            ReplyNow();
        }
    }

    private void ReplyNow()
    {
        switch (_answer!.Ending)
        {
            case Ending.Hang:
                break;
            case Ending.Reset:
                _done.TrySetException(new HttpRequestException(HttpRequestError.ResponseEnded));
                break;
            default:
                _done.TrySetResult(Response(_answer));
                break;
        }
    }

    public override void Fail(Fault fault)
    {
        switch (fault)
        {
            case Fault.NoConnection:
                _done.TrySetException(new HttpRequestException(HttpRequestError.ConnectionError));
                break;
            case Fault.ConnectTimeout:
                // What SocketsHttpHandler.ConnectTimeout makes of it.
                world.Clock.After(TimeSpan.FromSeconds(10), () => _done.TrySetException(new TaskCanceledException("The connection took too long.", new TimeoutException())));
                break;
            case Fault.LostRequest:
                GoOut();
                _done.TrySetException(new HttpRequestException(HttpRequestError.ResponseEnded));
                break;
            case Fault.LostReply:
                _done.TrySetException(new HttpRequestException(HttpRequestError.ResponseEnded));
                break;
            case Fault.SlowReply:
                world.Clock.After(world.ChoicesOfFaults.Between(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(45)), ReplyNow);
                break;
            default:
                // It hangs until the caller's own timeout.
                GoOut();
                break;
        }
    }

    /// <summary>From here on the order may have arrived.</summary>
    private void GoOut()
    {
        if (_body is null)
        {
            using var stream = new MemoryStream();
            // As the sockets do: an order's content notes that it went out only when it is written so. To memory that is done at once.
            if (request.Content?.CopyToAsync(stream) is { IsCompletedSuccessfully: false })
            {
                throw new NotSupportedException("A content that is not written at once cannot be simulated.");
            }

            _body = Encoding.UTF8.GetString(stream.ToArray());
        }
    }

    private static HttpResponseMessage Response(Answer answer)
    {
        HttpContent content = answer.Ending == Ending.CutInBody
            ? new StreamContent(new BrokenStream(answer.Body[..(answer.Body.Length / 2)].ToArray()))
            : new ReadOnlyMemoryContent(answer.Body);
        var response = new HttpResponseMessage((HttpStatusCode)answer.Status) { Content = content };
        content.Headers.TryAddWithoutValidation("Content-Type", answer.ContentType);
        if (answer.RetryAfter is not null)
        {
            response.Headers.TryAddWithoutValidation("Retry-After", answer.RetryAfter);
        }

        return response;
    }

    /// <summary>Ends with a broken connection.</summary>
    private sealed class BrokenStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => Check(base.Read(buffer, offset, count));

        public override int Read(Span<byte> buffer) => Check(base.Read(buffer));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

        private static int Check(int read) => read > 0 ? read : throw new IOException("The connection ended within the body.");
    }
}
