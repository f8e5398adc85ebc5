namespace UonOfferum.Shared.Fields;

public sealed class FieldSet;
