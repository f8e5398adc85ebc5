using Azure;
using UonOfferum.Tests.Simulation.Host;
using UonOfferum.Tests.Simulation.Scheduling;

namespace UonOfferum.Tests.Simulation.Storage;

/// <summary>One try of one request of the Azure clients.</summary>
internal sealed partial class StorageCall(Instance owner, StorageRequest request, Func<StorageRequest, StorageReply> service, VirtualClock clock) : Call(owner, Uuid().Replace(Describe(request), "${time}…"))
{
    private static readonly Fault[] Common =
    [
        Fault.KillBefore, Fault.KillAfter, Fault.NoConnection, Fault.LostReply, Fault.LostReply, Fault.SilentLoss, Fault.SilentReply, Fault.LateArrival, Fault.Busy, Fault.ServerError,
    ];

    private static readonly Fault[] OfTableWrites = [.. Common, Fault.Conflict];

    // Without the flag, so that continuations run on the scheduler's thread at once.
    private readonly TaskCompletionSource<StorageReply> _done = new();
    private StorageReply? _reply;

    /// <summary><c>table</c> or <c>queue</c>.</summary>
    public string Service => request.Service;

    /// <summary>What a batch changes; nothing if it is none.</summary>
    public IReadOnlyList<RowChange> Changes => request.Path == "$batch" ? request.Changes.ConvertAll(c => c.Change) : [];

    public Task<StorageReply> Done => _done.Task;

    public override IReadOnlyList<Fault> Faults => request is { Service: "table", Method: not "GET" } ? OfTableWrites : Common;

    public override string Arrive()
    {
        _reply = service(request);
        return StatusOf(_reply);
    }

    public override void Reply() => _done.TrySetResult(_reply!);

    public override void Fail(Fault fault)
    {
        switch (fault)
        {
            case Fault.Busy:
                _done.TrySetResult(Error(503, "ServerBusy"));
                break;
            case Fault.ServerError:
                _done.TrySetResult(Error(500, "InternalError"));
                break;
            case Fault.Conflict:
                _done.TrySetResult(request.Path == "$batch" ? TableBatch.Refused(412, "UpdateConditionNotSatisfied") : Error(412, "UpdateConditionNotSatisfied"));
                break;
            case Fault.NoConnection or Fault.LostReply:
                _done.TrySetException(new RequestFailedException(0, "The connection ended."));
                break;
            default:
                // The client's own timeout, in virtual time.
                IsAbandoned = true;
                clock.After(RetryPolicy.NetworkTimeout, () => _done.TrySetException(new TaskCanceledException("No answer within the network timeout.")));
                break;
        }
    }

    /// <summary>The random part of an id differs between two runs of a seed.</summary>
    [System.Text.RegularExpressions.GeneratedRegex("(?<time>[0-9a-f]{8}-[0-9a-f]{4})-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}", System.Text.RegularExpressions.RegexOptions.CultureInvariant | System.Text.RegularExpressions.RegexOptions.ExplicitCapture)]
    private static partial System.Text.RegularExpressions.Regex Uuid();

    private StorageReply Error(int status, string code) =>
        request.Service == "queue" ? StorageReply.QueueError(status, code) : StorageReply.TableError(status, code);

    private static string StatusOf(StorageReply reply) =>
        reply.Status == 202 && reply.Body.Contains("HTTP/1.1 4", StringComparison.Ordinal)
            ? reply.Body.Substring(reply.Body.IndexOf("HTTP/1.1 4", StringComparison.Ordinal) + 9, 3)
            : reply.Status.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Describe(StorageRequest request)
    {
        if (request.Path == "$batch")
        {
            return "batch " + TableBatch.Describe(request);
        }

        var filter = request.Address.Query.Contains("$filter", StringComparison.Ordinal) || request.Address.Query.Contains("%24filter", StringComparison.Ordinal)
            ? " " + Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(request.Address.Query)["$filter"]
            : "";
        return $"{request.Service} {request.Method} {request.Path}{filter}";
    }
}
