using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using UonOfferum.Simulators;
using UonOfferum.Tests.Simulation.Scheduling;

namespace UonOfferum.Tests.Simulation.Outside;

/// <summary>A U-ON cabinet: the simulator's records and faults, answered in memory.</summary>
internal sealed class Cabinet(VirtualClock clock, Choices choices) : IOutsideServer
{
    private static readonly UonFault[] Faults = Enum.GetValues<UonFault>();

    private readonly UonRecords _leads = new(UonRecordKind.Lead, new SimulatorClock(new WorldTime(clock)));
    private readonly UonRecords _requests = new(UonRecordKind.Request, new SimulatorClock(new WorldTime(clock)));
    private readonly UonRecords _users = new(UonRecordKind.User, new SimulatorClock(new WorldTime(clock)));

    /// <summary>One call in so many meets a fault; 0: none.</summary>
    public int FaultEvery { get; set; }

    /// <summary>Until then the key is refused.</summary>
    public DateTimeOffset KeyIsWrongUntil { get; set; }

    /// <summary>Until then nothing works.</summary>
    public DateTimeOffset DownUntil { get; set; }

    /// <summary>Told of every change that an update made: the event's number and the record's.</summary>
    public Action<int, long>? Changed { get; set; }

    /// <summary>Records of whose updates one was met by a fault: it may have come again, late, with an older text.</summary>
    public HashSet<long> Disturbed { get; } = [];

    public void Put(UonRecord record) => RecordsOf(record.Kind).Put(record);

    /// <summary>Changes a record as a manager would; does nothing if it is not in the cabinet yet.</summary>
    public void Change(UonRecordKind kind, long id, Action<JsonObject> change) => RecordsOf(kind).Update(id, change);

    /// <summary>The notes of a record; null when there are none.</summary>
    public string? NotesOf(long id) => (_leads.Fields(id) ?? _requests.Fields(id))?["notes"]?.ToString();

    public Answer Answer(OutsideRequest request)
    {
        var path = UonPath.Parse(request.Address.AbsolutePath);
        if (clock.Now < KeyIsWrongUntil)
        {
            return UonAnswers.Denied(401);
        }

        if (path.Route == UonRoute.Unknown)
        {
            return UonAnswers.NoRoute;
        }

        var fault = clock.Now < DownUntil ? choices.Of(UonFault.ServerError, UonFault.BadGatewayPage, UonFault.Hang, UonFault.Reset)
            : choices.OneIn(FaultEvery) ? choices.Of(Faults)
            : (UonFault?)null;
        if (path.IsWrite && (fault is not null || request.AnswerIsLost))
        {
            Disturbed.Add(path.Id);
        }

        return fault is { } f ? UonAnswers.Of(f, () => Sound(path, request.Body), EnvelopeOf(path.Route), TimeSpan.FromSeconds(2)) : Sound(path, request.Body);
    }

    private Answer Sound(UonPath path, string form)
    {
        if (path.Route == UonRoute.RequestUpdate)
        {
            var fields = QueryHelpers.ParseQuery(form).ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal);
            return UonUpdate.Answer(_leads, _requests, path.Id, fields, _ => false, 404, happened => Changed?.Invoke(happened.Type, path.Id));
        }

        var records = RecordsOf(path.Route);
        var body = IsRecord(path.Route) ? records.Read(path.Id, clock.Now) : records.Page(path.List, updated: false, emptyPageIsList: false, clock.Now);
        return body is { } found ? new Answer(200, found) : UonAnswers.Missing(EnvelopeOf(path.Route), 404);
    }

    private string EnvelopeOf(UonRoute route) => route == UonRoute.RequestUpdate ? "request" : IsRecord(route) ? RecordsOf(route).Envelope : RecordsOf(route).ListEnvelope;

    private static bool IsRecord(UonRoute route) => route is UonRoute.Lead or UonRoute.Request or UonRoute.User;

    private UonRecords RecordsOf(UonRoute route) => route switch
    {
        UonRoute.Lead or UonRoute.Leads or UonRoute.LeadsUpdated => _leads,
        UonRoute.Request or UonRoute.Requests or UonRoute.RequestsUpdated => _requests,
        _ => _users,
    };

    private UonRecords RecordsOf(UonRecordKind kind) => kind switch
    {
        UonRecordKind.Lead => _leads,
        UonRecordKind.Request => _requests,
        _ => _users,
    };

    /// <summary>The world's time, for whoever only reads it. Without the timestamps the simulator would measure by the real clock.</summary>
    private sealed class WorldTime(VirtualClock world) : TimeProvider
    {
        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => world.Now;

        public override long GetTimestamp() => world.Now.UtcTicks;
    }
}
