using System.Security.Cryptography;

namespace UonOfferum.LocalHost.Worker;

internal static class RandomId
{
    /// <summary>In UUID format, as the Functions host uses. Unguessable, because an invocation's id gives access to its request.</summary>
    public static string New() => new Guid(RandomNumberGenerator.GetBytes(16)).ToString();
}
