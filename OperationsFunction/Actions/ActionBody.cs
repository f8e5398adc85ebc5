using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using UonOfferum.Shared.Fields;
using UonOfferum.Shared.Http;
using UonOfferum.Shared.Journal;
using UonOfferum.Shared.Text;

namespace UonOfferum.OperationsFunction.Actions;

/// <summary>
/// The JSON body of an operator's action. Every member is optional; each action decides which ones it requires. <c>run</c> and <c>mayHaveArrived</c> are
/// those of the operation or delivery that the operator saw.
/// </summary>
internal sealed record ActionBody(
    string? From, IReadOnlyDictionary<string, string?>? Fields, string? As, string? OrderId, string? Note, string? By, string? Destination, string? Run, bool? MayHaveArrived)
{
    private const int MaxBody = 64 * 1024;
    private const int MaxText = 500;
    private const int MaxField = 1_000;
    private const int MaxFields = 10;

    /// <summary>Fields of an order that are computed rather than read, but may still be corrected.</summary>
    private static readonly string[] Computed = ["order_time"];

    /// <summary>Null and the problem when the body is not such JSON. An empty body is an empty object.</summary>
    public static async Task<(ActionBody? Body, string? Problem)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var bytes = await BoundedBody.ReadAsync(request.Body, MaxBody + 1, cancellationToken);
        if (bytes.Length > MaxBody)
        {
            return (null, "The body is larger than 64 KiB.");
        }

        try
        {
            var body = bytes.Length == 0
                ? new ActionBody(null, null, null, null, null, null, null, null, null)
                : JsonSerializer.Deserialize(bytes.Span, ActionContext.Default.ActionBody);
            body = body is null ? null : body with { By = OperatorName.Of(request, body.By), Destination = body.Destination is { Length: > 0 } ? body.Destination : null };
            return body is null ? (null, "The body is JSON null.")
                : new[] { body.OrderId, body.Note, body.By }.Any(t => t?.Length > MaxText) ? (null, $"orderId, note and by must have at most {MaxText} characters.")
                : (body, null);
        }
        catch (JsonException)
        {
            return (null, "The body is not a JSON object of the expected form: it may have from, fields, as, orderId, note, by, destination, run and mayHaveArrived, and nothing else.");
        }
    }

    public ActionTarget Target() => ActionTarget.To(Destination) with { Seen = new SeenState(Run, MayHaveArrived) };

    public (OperatorAction? Action, string? Problem) Replay() => From switch
    {
        "enrich" => (new OperatorAction.ReplayEnrich(By), null),
        "send" => (new OperatorAction.ReplaySend(By), null),
        _ => (null, "from must be \"enrich\" (fetch the record again) or \"send\" (send what was read)."),
    };

    /// <param name="known">Names of the pipeline's fields.</param>
    /// <param name="phoneRegion">The country in whose local form a phone may be written.</param>
    public (OperatorAction? Action, string? Problem) Edit(IReadOnlyCollection<string> known, string phoneRegion)
    {
        if (Fields is not { Count: > 0 and <= MaxFields })
        {
            return (null, "fields must have up to 10 corrected values, such as {\"phone\": \"+79001234567\"}.");
        }

        var corrected = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in Fields)
        {
            if (!known.Concat(Computed).Contains(name, StringComparer.Ordinal))
            {
                return (null, $"There is no field '{name.CutTo(MaxText)}'. Did you mean '{ClosestMatch.To(name, known.Concat(Computed))}'?");
            }

            if (value is not { Length: <= MaxField })
            {
                return (null, $"The field '{name}' must be text of at most {MaxField} characters, or \"\" to clear it.");
            }

            if (Mask.IsIn(value))
            {
                return (null, $"The field '{name}' has a hidden phone or address, such as +7*******67. Write the whole value, or leave the field out.");
            }

            if (name == PhoneIndex.PhoneField)
            {
                if (!PhoneNumber.TryRead(value, phoneRegion, out var phone))
                {
                    return (null, "phone is not a phone number. Write it with the country code, such as +7 900 123-45-67.");
                }

                corrected[name] = phone.E164;
                corrected["country"] = phone.Country;
                continue;
            }

            corrected[name] = FieldValue.Clean(value, MaxField) ?? "";
        }

        return (new OperatorAction.Edit(new RecordFields(corrected), By), null);
    }

    public (OperatorAction? Action, string? Problem) Resolve() => As switch
    {
        "delivered" => (new OperatorAction.ResolveDelivered(OrderId, Note, By), null),
        "discarded" => (new OperatorAction.Discard(Note, By), null),
        _ => (null, "as must be \"delivered\" or \"discarded\"."),
    };
}

/// <summary>Refuses members it does not know: with a misspelt <c>destination</c> an action would touch other deliveries than was meant.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, PropertyNameCaseInsensitive = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ActionBody))]
internal sealed partial class ActionContext : JsonSerializerContext;
