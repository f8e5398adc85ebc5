using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;

namespace UonOfferum.Simulators;

/// <summary>The webhooks of the simulated cabinet: kept, listed in pages of a hundred, and fired. Only addresses on this machine are ever called.</summary>
public sealed class UonHooks : IDisposable
{
    public const int PageSize = 100;

    private readonly ConcurrentDictionary<long, UonHook> _hooks = new();
    private readonly HttpClient _http = new();
    private long _last;

    public IReadOnlyList<UonHook> All => [.. _hooks.Values.OrderBy(hook => hook.Id)];

    /// <summary>Every hook call, with its result.</summary>
    public CallLog<UonHookCall> Calls { get; } = new();

    /// <param name="typeId">U-ON's number of the event.</param>
    /// <param name="url">The address to call.</param>
    /// <param name="method">GET by default, as in the cabinet.</param>
    /// <param name="note">A free-text note.</param>
    public UonHook Add(int typeId, string url, string method = "GET", string note = "")
    {
        var hook = new UonHook(Interlocked.Increment(ref _last), typeId, url, method, note);
        _hooks[hook.Id] = hook;
        return hook;
    }

    public bool Remove(long id) => _hooks.TryRemove(id, out _);

    public void Clear() => _hooks.Clear();

    public void Dispose() => _http.Dispose();

    internal bool Change(long id, Func<UonHook, UonHook> change)
    {
        if (!_hooks.TryGetValue(id, out var hook))
        {
            return false;
        }

        _hooks[id] = change(hook);
        return true;
    }

    /// <summary>One page as JSON; null past the end, also for the first page of an empty list.</summary>
    internal string? Page(int page)
    {
        var all = All;
        var shown = all.Skip((page - 1) * PageSize).Take(PageSize).ToList();
        if (shown.Count == 0)
        {
            return null;
        }

        var rows = new JsonArray([.. shown.Select(hook => (JsonNode)new JsonObject
        {
            ["id"] = hook.Id.ToString(CultureInfo.InvariantCulture),
            ["type_id"] = hook.TypeId.ToString(CultureInfo.InvariantCulture),
            ["url"] = hook.Url,
            ["method"] = hook.Method,
            ["note"] = hook.Note,
        })]);
        return new JsonObject { ["result"] = 200, ["webhooks"] = rows, ["pages_all"] = (all.Count + PageSize - 1) / PageSize }.ToJsonString();
    }

    /// <summary>Calls every hook of the event, one after the other.</summary>
    internal async Task FireAsync(int typeId, long recordId, DateTimeOffset at, params KeyValuePair<string, string>[] more)
    {
        foreach (var hook in All.Where(hook => hook.TypeId == typeId))
        {
            var (status, body) = await CallAsync(hook, [.. UonWebhook.Of(typeId, recordId, at), .. more]);
            Calls.Add(new UonHookCall(hook, recordId, status, body));
        }
    }

    private async Task<(int? Status, string Body)> CallAsync(UonHook hook, IReadOnlyList<KeyValuePair<string, string>> fields)
    {
        if (!Uri.TryCreate(hook.Url, UriKind.Absolute, out var url) || !url.IsLoopback)
        {
            return (null, "");
        }

        using var form = new FormUrlEncodedContent(fields);
        var isPost = hook.Method.Equals("POST", StringComparison.OrdinalIgnoreCase);
        using var request = isPost
            ? new HttpRequestMessage(HttpMethod.Post, url) { Content = form }
            : new HttpRequestMessage(HttpMethod.Get, new UriBuilder(url) { Query = await form.ReadAsStringAsync() }.Uri);
        try
        {
            using var response = await _http.SendAsync(request);
            return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or ObjectDisposedException)
        {
            // U-ON shows the failure in the hook's log and continues.
            return (null, "");
        }
    }
}
