using System.Globalization;
using System.Runtime.InteropServices;

namespace UonOfferum.Simulators;

/// <summary>The routes of U-ON's API that the simulator has.</summary>
public enum UonRoute
{
    /// <summary>Any other path: 404 <c>No route found</c>.</summary>
    Unknown,

    /// <summary><c>/{key}/lead/{id}.json</c></summary>
    Lead,

    /// <summary><c>/{key}/request/{id}.json</c></summary>
    Request,

    /// <summary><c>/{key}/user/{id}.json</c></summary>
    User,

    /// <summary><c>/{key}/leads/{from}/{to}/{page}.json</c></summary>
    Leads,

    /// <summary><c>/{key}/leads/updated/{from}/{to}/{page}.json</c></summary>
    LeadsUpdated,

    /// <summary><c>/{key}/requests/{from}/{to}/{page}.json</c></summary>
    Requests,

    /// <summary><c>/{key}/requests/updated/{from}/{to}/{page}.json</c></summary>
    RequestsUpdated,

    /// <summary>POST <c>/{key}/request/update/{id}.json</c>: updates leads, too.</summary>
    RequestUpdate,

    /// <summary><c>/{key}/extended_field/{page}.json</c></summary>
    ExtendedFields,

    /// <summary><c>/{key}/webhook/{page}.json</c></summary>
    Hooks,

    /// <summary>POST <c>/{key}/webhook/create.json</c></summary>
    HookCreate,

    /// <summary>POST <c>/{key}/webhook/update/{id}.json</c></summary>
    HookUpdate,

    /// <summary>POST <c>/{key}/webhook/delete/{id}.json</c></summary>
    HookDelete,
}

/// <summary>A path of U-ON's API, taken apart.</summary>
/// <param name="Key">The API key, the first segment.</param>
/// <param name="Route">The route.</param>
/// <param name="Id">The record's number; 0 for a list.</param>
/// <param name="List">The days and the page of a list.</param>
/// <param name="WrongParameter">Name of the parameter that cannot be read.</param>
internal readonly record struct UonPath(
    string Key, UonRoute Route, long Id = 0, UonListQuery List = default, string? WrongParameter = null)
{
    private const string Suffix = ".json";

    public bool IsWrite => Route is UonRoute.RequestUpdate or UonRoute.HookCreate or UonRoute.HookUpdate or UonRoute.HookDelete;

    public static UonPath Parse(string path)
    {
        var parts = path.TrimStart('/').Split('/');
        var key = parts[0];
        if (parts.Length < 3 || !parts[^1].EndsWith(Suffix, StringComparison.Ordinal))
        {
            return new UonPath(key, UonRoute.Unknown);
        }

        var last = parts[^1][..^Suffix.Length];
        return parts[1..^1] switch
        {
            ["lead"] => Record(key, UonRoute.Lead, last),
            ["request"] => Record(key, UonRoute.Request, last),
            ["user"] => Record(key, UonRoute.User, last),
            ["leads", "updated", var from, var to] => ListOf(key, UonRoute.LeadsUpdated, from, to, last),
            ["leads", var from, var to] => ListOf(key, UonRoute.Leads, from, to, last),
            ["requests", "updated", var from, var to] => ListOf(key, UonRoute.RequestsUpdated, from, to, last),
            ["requests", var from, var to] => ListOf(key, UonRoute.Requests, from, to, last),
            ["request", "update"] => Record(key, UonRoute.RequestUpdate, last),
            ["extended_field"] => PageOf(key, UonRoute.ExtendedFields, last),
            ["webhook"] when last == "create" => new UonPath(key, UonRoute.HookCreate),
            ["webhook"] => PageOf(key, UonRoute.Hooks, last),
            ["webhook", "update"] => Record(key, UonRoute.HookUpdate, last),
            ["webhook", "delete"] => Record(key, UonRoute.HookDelete, last),
            _ => new UonPath(key, UonRoute.Unknown),
        };
    }

    private static UonPath Record(string key, UonRoute route, string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new UonPath(key, route, id)
            : new UonPath(key, route, WrongParameter: "id");

    private static UonPath PageOf(string key, UonRoute route, string page) =>
        int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? new UonPath(key, route, List: new UonListQuery(default, default, number))
            : new UonPath(key, route, WrongParameter: "page");

    private static UonPath ListOf(string key, UonRoute route, string from, string to, string page)
    {
        if (!TryDay(from, out var firstDay))
        {
            return new UonPath(key, route, WrongParameter: "date_from");
        }

        if (!TryDay(to, out var lastDay))
        {
            return new UonPath(key, route, WrongParameter: "date_to");
        }

        return int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? new UonPath(key, route, List: new UonListQuery(firstDay, lastDay, number))
            : new UonPath(key, route, WrongParameter: "page");
    }

    private static bool TryDay(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}

/// <summary>Which rows of a list are asked for: both days included, pages from 1.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct UonListQuery(DateOnly From, DateOnly To, int Page);
