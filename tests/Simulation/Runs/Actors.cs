using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using UonOfferum.Simulators;
using UonOfferum.Tests.Simulation.Host;
using UonOfferum.Tests.Simulation.Judging;
using UonOfferum.Tests.Simulation.Scheduling;

namespace UonOfferum.Tests.Simulation.Runs;

/// <summary>Everyone around the app: the cabinet's users and webhooks, the network's postbacks, the operators. Their actions and times are drawn at the start.</summary>
internal sealed class Actors
{
    /// <summary>Records older than the first start are not sold; the margin allows for clock differences.</summary>
    private static readonly TimeSpan JustStarted = TimeSpan.FromMinutes(5);

    private static readonly string[] DateColumns = ["dat", "dat_lead", "dat_request"];

    private readonly World _world;
    private readonly Choices _choices;
    private readonly PriorityQueue<(int Number, string What, Action Do), (long At, int Number)> _plan = new();
    private readonly Dictionary<long, string?> _phones = [];
    private int _actions;

    /// <summary>The number of planned actions.</summary>
    public int Count => _actions;

    public Actors(World world, RunOptions options)
    {
        (_world, _choices, Options) = (world, world.ChoicesOfActors, options);
        for (var id = 1; id <= world.Scenario.Records; id++)
        {
            PlanRecord(id);
        }

        world.Outside.Cabinet.Changed = (type, id) =>
        {
            foreach (var pipeline in world.Scenario.Pipelines)
            {
                world.Clock.After(_choices.Between(TimeSpan.Zero, TimeSpan.FromSeconds(5)), () => Webhook(pipeline.Name, (int)id, type));
            }
        };
        world.Tables.Changed += (before, after) => Ledger.See(before, after, world.Arriving?.Number ?? int.MaxValue, world.Platform.Begun);
        Disturbances.Plan(this, world, _choices);
        Operators.Plan(this, world, _choices);
        new Postbacks(this, world, _choices).Plan();
    }

    /// <summary>Webhooks that were answered with 200: these leads must not be lost.</summary>
    public List<string> Accepted { get; } = [];

    /// <summary>Operators' actions that may have been executed: requested and not refused.</summary>
    public List<(DateTimeOffset At, NamedAction Action)> Actions { get; } = [];

    /// <summary>Operations whose order a postback has proved.</summary>
    public HashSet<string> Proved { get; } = new(StringComparer.Ordinal);

    /// <summary>Operations of which a postback told an order before it was sent.</summary>
    public HashSet<string> Foretold { get; } = new(StringComparer.Ordinal);

    /// <summary>Every postback.</summary>
    public List<ToldPostback> Told { get; } = [];

    /// <summary>Records that every pipeline must have as operations in the end: valid ones, created well after the first start.</summary>
    public List<string> Records { get; } = [];

    /// <summary>The phone of a record, in E.164; null: it has none.</summary>
    public string? PhoneOf(long id) => _phones.GetValueOrDefault(id);

    /// <summary>What the counters must say.</summary>
    public Ledger Ledger { get; } = new();

    /// <summary>Deliveries that an action touched without naming them.</summary>
    public List<string> Touched { get; } = [];

    public RunOptions Options { get; }

    public DateTimeOffset? Next => _plan.TryPeek(out _, out var at) ? new DateTimeOffset(at.At, TimeSpan.Zero) : null;

    /// <summary>Plans an action at a time in the phase with faults.</summary>
    public void At(TimeSpan after, string what, Action act)
    {
        var number = _actions++;
        if (!Options.LeavesOutAction(number))
        {
            _plan.Enqueue((number, what, act), ((_world.Clock.Now + after).UtcTicks, number));
        }
    }

    /// <summary>Runs the actions that are due.</summary>
    public void Act()
    {
        while (Next <= _world.Clock.Now)
        {
            var (number, what, act) = _plan.Dequeue();
            if (what.Length > 0)
            {
                _world.Log(string.Create(CultureInfo.InvariantCulture, $"action {number}: {what}"));
            }

            act();
        }
    }

    /// <summary>Calls any instance; does nothing if none is running.</summary>
    public void Ask(string function, Dictionary<string, string> route, Action<HttpRequest> fill, NamedAction? action, Action<int, string> answered)
    {
        if (_world.Alive is { Count: > 0 } alive)
        {
            _world.Platform.Request(_choices.Of(alive), function, route, fill, action, answered);
        }
    }

    /// <summary>An operator's action with a JSON body.</summary>
    public void Operate(string function, string operation, string body, NamedAction action)
    {
        var parts = operation.Split('/');
        var route = new Dictionary<string, string>(StringComparer.Ordinal) { ["pipeline"] = parts[0], ["kind"] = parts[1], ["id"] = parts[2] };
        var entry = (_world.Clock.Now, action);
        Actions.Add(entry);
        Ask(function, route, request => Json(request, body), action, (status, answer) =>
        {
            _world.Log(string.Create(CultureInfo.InvariantCulture, $"{action.Name} of {operation}{(action.Destination is null ? "" : " to " + action.Destination)}: {status}"));
            if (status is >= 400 and < 500)
            {
                Actions.Remove(entry);
            }
        });
    }

    public static void Json(HttpRequest request, string body)
    {
        request.Method = "POST";
        request.ContentType = "application/json";
        request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        request.ContentLength = request.Body.Length;
    }

    private void PlanRecord(int id)
    {
        var kind = _choices.OneIn(3) ? UonRecordKind.Request : UonRecordKind.Lead;
        var madeAt = _choices.Between(TimeSpan.Zero, _world.Scenario.Length * 0.5);
        var (record, isSound) = Record(kind, id, _world.Clock.Now + madeAt);
        // Where persons are compared, a refused order may wait, as it was read, for another one to be refused.
        var isSpoilt = isSound && _choices.OneIn(_world.Scenario.HasSamePersons ? 3 : 8);
        var ages = isSpoilt && _choices.OneIn(2);
        At(madeAt, $"the cabinet gets {kind} {id}", () =>
        {
            _world.Outside.Cabinet.Put(record);
            // Reconcile finds no record that is too old by then.
            if (isSound && !ages && madeAt > JustStarted)
            {
                Records.AddRange(_world.Scenario.Pipelines.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Name}/{(kind == UonRecordKind.Lead ? "lead" : "request")}/{id}")));
            }
        });
        if (isSpoilt)
        {
            PlanChanges(kind, id, madeAt, ages);
        }

        foreach (var pipeline in _world.Scenario.Pipelines)
        {
            // One in eight webhooks never arrives: reconcile must find the record.
            for (var times = _choices.Of(0, 1, 1, 1, 1, 1, 2, 3); times > 0; times--)
            {
                var type = _choices.OneIn(12) ? 16 : _choices.OneIn(5) ? 0 : kind == UonRecordKind.Lead ? 1 : 2;
                At(madeAt + _choices.Between(TimeSpan.Zero, times == 1 ? TimeSpan.FromSeconds(5) : _world.Scenario.Length * 0.4), $"webhook of {kind} {id}, type {type}", () => Webhook(pipeline.Name, id, type));
            }
        }
    }

    /// <summary>A manager makes a record unfit for sale, perhaps when one destination has it and another has not, and may put it right again.</summary>
    private void PlanChanges(UonRecordKind kind, int id, TimeSpan madeAt, bool ages)
    {
        var spoiltAt = madeAt + _choices.Between(TimeSpan.Zero, _world.Scenario.Length * 0.3);
        var (phone, date) = ages ? (PhoneOf(id), _world.Clock.Now.AddDays(-60)) : (_choices.Of(null, "звоните жене"), _world.Clock.Now + madeAt);
        Plan(spoiltAt, "spoils", phone, date);
        if (_choices.OneIn(2))
        {
            Plan(spoiltAt + _choices.Between(TimeSpan.Zero, _world.Scenario.Length * 0.2), "puts right", PhoneOf(id), _world.Clock.Now + madeAt);
        }

        void Plan(TimeSpan at, string what, string? shown, DateTimeOffset date) => At(at, $"a manager {what} {kind} {id}", () =>
        {
            _world.Outside.Cabinet.Change(kind, id, fields =>
            {
                // As people write it: not in E.164.
                var written = shown is ['+', '7', .. { Length: 10 } rest] ? $"8 ({rest[..3]}) {rest[3..]}" : shown;
                (fields["client_phone"], fields["client_phone_mobile"]) = (written, written);
                foreach (var column in DateColumns.Where(fields.ContainsKey))
                {
                    fields[column] = date.ToOffset(TimeSpan.FromHours(3)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
                }
            });
            foreach (var pipeline in _world.Scenario.Pipelines)
            {
                Webhook(pipeline.Name, id, kind == UonRecordKind.Lead ? 1 : 2);
            }
        });
    }

    private (UonRecord Record, bool IsSound) Record(UonRecordKind kind, int id, DateTimeOffset at)
    {
        var record = kind == UonRecordKind.Lead ? UonRecord.Lead(id, at) : UonRecord.Request(id, at);
        if (_world.Scenario.HasSamePersons)
        {
            var phone = _choices.Of("+79990000001", "+79990000002");
            record.WithPhone(phone, phone);
        }

        var isSound = true;
        switch (_choices.Below(12))
        {
            case 0:
                record.CompletesAfter(_choices.Between(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(10)), _choices.Of(UonUntilThen.Missing, UonUntilThen.WithoutPhone));
                break;
            case 1:
                (isSound, record) = (false, record.With(_choices.Of(Enum.GetValues<UonQuirk>())));
                break;
            case 2:
                (isSound, record) = (false, kind == UonRecordKind.Lead ? UonRecord.Lead(id, at.AddDays(-60)) : UonRecord.Request(id, at.AddDays(-60)));
                break;
        }

        _phones[id] = record.E164;
        return (record, isSound);
    }

    public void Webhook(string pipeline, int id, int type)
    {
        var route = new Dictionary<string, string>(StringComparer.Ordinal) { ["pipeline"] = pipeline, ["secret"] = Scenario.WebhookSecret };
        var query = string.Create(CultureInfo.InvariantCulture, $"?r_id={id}") + (type == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"&type_id={type}"));
        Ask("ReceiveWebhook", route, request => (request.Method, request.QueryString) = ("GET", new QueryString(query)), action: null, (status, body) =>
        {
            _world.Log(string.Create(CultureInfo.InvariantCulture, $"webhook of {id} is answered {status}"));
            if (status == 200 && JsonDocument.Parse(body).RootElement.TryGetProperty("operation", out var operation))
            {
                Accepted.Add(operation.GetString()!);
            }
        });
    }
}
