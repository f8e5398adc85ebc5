namespace UonOfferum.Shared.Configuration;

/// <summary>Codes of problems with a setting. The page has a text for each in the reader's language.</summary>
public static class ProblemCodes
{
    public const string Invalid = "invalid";
    public const string Missing = "missing";
    public const string Unknown = "unknown-setting";
    public const string Group = "group";
    public const string Unresolved = "unresolved";
    public const string Duration = "duration";
    public const string Number = "number";
    public const string Choice = "choice";
    public const string Address = "address";
    public const string Template = "template";
    public const string Path = "path";
    public const string Filter = "filter";
    public const string SecretShort = "secret-short";
    public const string SecretCount = "secret-count";
    public const string SecretLetters = "secret-letters";
    public const string SecretGone = "secret-gone";
    public const string SecretsAway = "secrets-away";
    public const string Name = "name";
    public const string Json = "json";
    public const string Newer = "newer-revision";
}
