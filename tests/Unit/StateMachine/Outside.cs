using UonOfferum.Shared.Configuration;
using UonOfferum.Shared.Deliveries;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Operations;
using UonOfferum.UonWebhookFunction.Enrichment;

namespace UonOfferum.Tests.Unit.StateMachine;

/// <summary>U-ON and the networks, in the worst case: no network filters duplicates, so every order that arrives is one.</summary>
internal sealed class Outside(Script script)
{
    private readonly Dictionary<string, int> _arrived = [];
    private int _name;

    public HashSet<string> OpenBreakers { get; } = [];

    public int Arrived(string destination) => _arrived.GetValueOrDefault(destination);

    public EnrichOutcome Look()
    {
        if (OpenBreakers.Contains("uon"))
        {
            return new EnrichOutcome.Hold(RecordKind.Lead, ErrorCodes.UonDenied, "U-ON refused our key.");
        }

        switch (script.Choose(10))
        {
            case 2 or 3:
                return new EnrichOutcome.NotYet(RecordKind.Lead, Fields(), ErrorCodes.NoPhone, "There is no phone yet.");
            case 4:
                return new EnrichOutcome.Unavailable(RecordKind.Lead, "U-ON answered HTTP 500.", null);
            case 5:
                return new EnrichOutcome.Throttled(RecordKind.Lead, null);
            case 6:
                OpenBreakers.Add("uon");
                return new EnrichOutcome.Hold(RecordKind.Lead, ErrorCodes.UonDenied, "U-ON refused our key.");
            case 7:
                return new EnrichOutcome.Skip(RecordKind.Lead, Fields(), ErrorCodes.Filtered, "The filter does not let it pass.");
            case 8:
                return new EnrichOutcome.Fail(RecordKind.Lead, Fields(), ErrorCodes.BadPhone, "It is no phone number.");
            case 9:
                _name++;
                return new EnrichOutcome.Ready(RecordKind.Lead, Fields(), null);
            default:
                return new EnrichOutcome.Ready(RecordKind.Lead, Fields(), null);
        }
    }

    public DeliveryReply Post(string destination)
    {
        var (outcome, arrives) = script.Choose(12) switch
        {
            2 or 3 => (DeliveryOutcome.Uncertain, true),
            4 => (DeliveryOutcome.Uncertain, false),
            5 or 6 => (DeliveryOutcome.Transient, false),
            7 => (DeliveryOutcome.Rejected, false),
            8 => (DeliveryOutcome.Misconfigured, false),
            9 => (DeliveryOutcome.Unconfirmed, true),
            10 => (DeliveryOutcome.Unconfirmed, false),
            11 => (DeliveryOutcome.Duplicate, false),
            _ => (DeliveryOutcome.Delivered, true),
        };
        if (arrives)
        {
            _arrived[destination] = Arrived(destination) + 1;
        }

        return new DeliveryReply(outcome) { Detail = "A test", Status = outcome == DeliveryOutcome.Uncertain ? null : 200 };
    }

    private RecordFields Fields() => Some.Fields(("phone", "+79000000001"), ("client_name", $"Анна {_name}"));
}

/// <summary>A destination that is only a name.</summary>
internal sealed class Named(string name) : IDestination
{
    public string Name => name;

    public string Queue => name + "-orders";

    public bool Serves(Pipeline pipeline) => true;

    public DeliveryPolicy Policy(Pipeline pipeline) => throw new NotSupportedException();

    public string Account(Pipeline pipeline) => pipeline.Name;

    public OrderPreview Preview(Pipeline pipeline, Operation operation) => throw new NotSupportedException();

    public Task<DeliveryReply> SendAsync(Pipeline pipeline, Operation operation, CancellationToken cancellationToken) => throw new NotSupportedException();
}
