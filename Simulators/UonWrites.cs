using System.Globalization;
using System.Text.Json.Nodes;

namespace UonOfferum.Simulators;

/// <summary>
/// The writes of the simulated U-ON, with their quirks: one route updates leads and requests, <c>status_id</c> answers 200 and changes nothing,
/// a note is written as <c>note</c> and read as <c>notes</c>, hooks use GET by default, and every change fires the cabinet's hooks.
/// </summary>
internal sealed class UonWrites(UonSimulator uon, SimulatorClock clock)
{
    /// <summary>The envelope name of a list of items other than records; null for other routes.</summary>
    public static string? Envelope(UonRoute route) => route switch
    {
        UonRoute.Hooks or UonRoute.HookCreate or UonRoute.HookUpdate or UonRoute.HookDelete => "webhooks",
        UonRoute.ExtendedFields => "extended_fields",
        UonRoute.RequestUpdate => "request",
        _ => null,
    };

    /// <summary>Null for the routes of records and their lists.</summary>
    public Answer? Answer(UonPath path, IReadOnlyDictionary<string, string> form) => path.Route switch
    {
        UonRoute.RequestUpdate => Update(path.Id, form),
        UonRoute.ExtendedFields => path.List.Page == 1 && uon.ExtendedFields.Count > 0 ? new Answer(200, Fields()) : UonAnswers.Missing(Envelope(path.Route)!, 404),
        UonRoute.Hooks => uon.Hooks.Page(path.List.Page) is { } page ? new Answer(200, page) : UonAnswers.Missing(Envelope(path.Route)!, 404),
        UonRoute.HookCreate => Create(form),
        UonRoute.HookUpdate => uon.Hooks.Change(path.Id, hook => With(hook, form)) ? UonAnswers.Written(path.Id) : UonAnswers.Missing(Envelope(path.Route)!, 404),
        UonRoute.HookDelete => uon.Hooks.Remove(path.Id) ? UonAnswers.Written(path.Id) : UonAnswers.Missing(Envelope(path.Route)!, 404),
        _ => null,
    };

    private Answer Create(IReadOnlyDictionary<string, string> form) =>
        int.TryParse(form.GetValueOrDefault("type_id"), NumberStyles.None, CultureInfo.InvariantCulture, out var type) && form.GetValueOrDefault("url") is { Length: > 0 } url
            ? UonAnswers.Written(uon.Hooks.Add(type, url, form.GetValueOrDefault("method") ?? "GET", form.GetValueOrDefault("note") ?? "").Id)
            : UonAnswers.WrongParameter("type_id");

    private static UonHook With(UonHook hook, IReadOnlyDictionary<string, string> form) => hook with
    {
        TypeId = int.TryParse(form.GetValueOrDefault("type_id"), NumberStyles.None, CultureInfo.InvariantCulture, out var type) ? type : hook.TypeId,
        Url = form.GetValueOrDefault("url") ?? hook.Url,
        Method = form.GetValueOrDefault("method") ?? hook.Method,
        Note = form.GetValueOrDefault("note") ?? hook.Note,
    };

    // The hooks do not delay the response, and they may call back.
    private Answer Update(long id, IReadOnlyDictionary<string, string> form) => UonUpdate.Answer(
        uon.Leads, uon.Requests, id, form, uon.ExtendedFields.Contains, uon.MissingStatus, happened => _ = Task.Run(() => uon.Hooks.FireAsync(happened.Type, id, clock.Now, happened.More)));

    private string Fields() => new JsonObject
    {
        ["result"] = 200,
        ["extended_fields"] = new JsonArray([.. uon.ExtendedFields.Order().Select(id => (JsonNode)new JsonObject { ["id"] = id, ["name"] = $"Поле {id}", ["section"] = 2, ["type"] = 1 })]),
        ["pages_all"] = 1,
    }.ToJsonString();
}
