namespace UonOfferum.Tests.Unit.Destinations;

/// <summary>What the contract must know of one destination: the least settings, and what its other side says.</summary>
internal sealed record DestinationExample
{
    /// <summary>Below the destination's section, with a secret in every place that takes one.</summary>
    public required (string Key, string Value)[] Settings { get; init; }

    /// <summary>What stands in the settings and may be shown nowhere.</summary>
    public required string[] Secrets { get; init; }

    /// <summary>The order is taken, as number 77.</summary>
    public required StubAnswer Accepted { get; init; }

    /// <summary>This record is refused, in words that quote the client.</summary>
    public required StubAnswer Rejected { get; init; }

    /// <summary>What is answered when the order arrived before and is sent again.</summary>
    public required Func<HttpRequestMessage, StubAnswer> Again { get; init; }

    /// <summary>Tells the order from a question before it.</summary>
    public Func<StubCall, bool> IsOrder { get; init; } = _ => true;

    /// <summary>Whether <c>RequestsPerSecond</c> limits it.</summary>
    public bool IsLimited { get; init; } = true;
}

/// <summary>One example for each destination of the app. A new destination adds its own, and the contract runs over it.</summary>
internal static class DestinationExamples
{
    private const string Secret = "secret-of-nobody";

    private static readonly Dictionary<string, DestinationExample> All = new(StringComparer.Ordinal)
    {
        ["offerum"] = new()
        {
            Settings = [("ApiKey", Secret), ("Flow", "zkVz")],
            Secrets = [Secret],
            Accepted = new(200, """{"status":"ok","id":"77"}"""),
            Rejected = new(422, """{"error":"phone +79000000001 is not valid"}"""),
            Again = _ => new(200, """{"status":"ok","id":"77","additional_status":4}"""),
            IsLimited = false,
        },
        ["http"] = new()
        {
            Settings =
            [
                ("Url", "https://crm.example.com/leads?k={api_key}"), ("ApiKey", Secret), ("Headers:Authorization", "Bearer {api_key}"),
                ("Form:tel", "{phone}"), ("OrderId", """["id"]"""),
            ],
            Secrets = [Secret],
            Accepted = new(200, """{"id":77}"""),
            Rejected = new(422, "wrong phone +79000000001"),
            Again = _ => new(409, """{"id":77}"""),
        },
        ["telegram"] = new()
        {
            Settings = [("BotToken", "1:" + Secret), ("ChatId", "-1001")],
            Secrets = [Secret],
            Accepted = new(200, """{"ok":true,"result":{"message_id":77}}"""),
            Rejected = new(400, """{"ok":false,"error_code":400,"description":"Bad Request: +79000000001"}"""),
            // A chat knows no duplicates: the message stands there twice.
            Again = _ => new(200, """{"ok":true,"result":{"message_id":78}}"""),
        },
        ["max"] = new()
        {
            Settings = [("Token", Secret), ("ChatId", "-1001")],
            Secrets = [Secret],
            Accepted = new(200, """{"message":{"recipient":{"chat_id":-1001},"body":{"mid":"77","seq":1,"text":"Анна"}}}"""),
            Rejected = new(400, """{"code":"proto.payload","message":"text: +79000000001"}"""),
            // A chat knows no duplicates: the message stands there twice.
            Again = _ => new(200, """{"message":{"body":{"mid":"78"}}}"""),
        },
        ["bitrix"] = new()
        {
            Settings = [("Webhook", $"https://crm.example.com/rest/1/{Secret.Replace("-", "", StringComparison.Ordinal)}/")],
            Secrets = [Secret.Replace("-", "", StringComparison.Ordinal)],
            Accepted = new(200, """{"result":77}"""),
            Rejected = new(400, """{"error":"","error_description":"wrong phone +79000000001"}"""),
            Again = _ => new(200, """{"result":[{"ID":"77"}]}"""),
            IsOrder = call => call.Address.AbsolutePath.EndsWith("/crm.lead.add.json", StringComparison.Ordinal),
        },
        ["amo"] = new()
        {
            Settings = [("BaseAddress", "https://crm.example.com"), ("Token", Secret)],
            Secrets = [Secret],
            Accepted = new(200, """[{"id":77,"merged":false}]"""),
            Rejected = new(400, """{"validation-errors":[{"errors":[{"path":"name","code":"79000000001"}]}]}"""),
            // The search before it finds the lead by the mark in its name.
            Again = request => new(200, $$$"""{"_embedded":{"leads":[{"id":77,"name":"Анна [{{{Query(request, "query")}}}]"}]}}"""),
            IsOrder = call => call.Method == HttpMethod.Post,
        },
    };

    private static string? Query(HttpRequestMessage request, string name) => System.Web.HttpUtility.ParseQueryString(request.RequestUri!.Query)[name];

    public static DestinationExample For(string destination) => All.TryGetValue(destination, out var example)
        ? example
        : throw new InvalidOperationException($"Add an example of '{destination}' to {nameof(DestinationExamples)}: the contract holds for every destination.");
}
