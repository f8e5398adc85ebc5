using System.Reflection;
using System.Reflection.Emit;
using Azure.Storage.Queues.Models;
using Microsoft.Azure.WebJobs;
using UonOfferum.LocalHost.Functions;

namespace UonOfferum.LocalHost.Queues;

/// <summary>
/// The WebJobs SDK finds its functions as methods with attributes, but ours are known only once the worker has listed them. So a type is
/// generated: one method per queue function, <c>Task Name([QueueTrigger("queue")] QueueMessage message, CancellationToken token)</c>, which calls
/// <see cref="QueueDispatcher.CallAsync"/>.
/// </summary>
internal static class ListenerType
{
    // The SDK includes it in function ids, which must be the same at every start.
    private const string Name = "UonOfferum.LocalHost.Listeners";

    private static readonly MethodInfo Dispatch = typeof(QueueDispatcher).GetMethod(nameof(QueueDispatcher.CallAsync))!;

    public static Type Create(IEnumerable<QueueFunction> functions)
    {
        var module = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName(Name), AssemblyBuilderAccess.Run).DefineDynamicModule(Name);
        var type = module.DefineType("Listeners", TypeAttributes.Public | TypeAttributes.Sealed);
        var dispatcher = type.DefineField("dispatcher", typeof(QueueDispatcher), FieldAttributes.Private | FieldAttributes.InitOnly);
        DefineConstructor(type, dispatcher);
        foreach (var function in functions)
        {
            DefineFunction(type, dispatcher, function);
        }

        return type.CreateType();
    }

    private static void DefineConstructor(TypeBuilder type, FieldInfo dispatcher)
    {
        var code = type.DefineConstructor(MethodAttributes.Public, CallingConventions.Standard, [typeof(QueueDispatcher)]).GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Call, typeof(object).GetConstructor(Type.EmptyTypes)!);
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Stfld, dispatcher);
        code.Emit(OpCodes.Ret);
    }

    private static void DefineFunction(TypeBuilder type, FieldInfo dispatcher, QueueFunction function)
    {
        var method = type.DefineMethod(function.Name, MethodAttributes.Public, typeof(Task), [typeof(QueueMessage), typeof(CancellationToken)]);
        method.SetCustomAttribute(new CustomAttributeBuilder(typeof(FunctionNameAttribute).GetConstructor([typeof(string)])!, [function.Name]));
        var message = method.DefineParameter(1, ParameterAttributes.None, "message");
        message.SetCustomAttribute(Trigger(function));
        method.DefineParameter(2, ParameterAttributes.None, "cancellationToken");
        var code = method.GetILGenerator();
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Ldfld, dispatcher);
        code.Emit(OpCodes.Ldstr, function.Name);
        code.Emit(OpCodes.Ldarg_1);
        code.Emit(OpCodes.Ldarg_2);
        code.Emit(OpCodes.Callvirt, Dispatch);
        code.Emit(OpCodes.Ret);
    }

    private static CustomAttributeBuilder Trigger(QueueFunction function)
    {
        var attribute = typeof(QueueTriggerAttribute);
        var constructor = attribute.GetConstructor([typeof(string)])!;
        return function.Connection is { Length: > 0 } connection
            ? new CustomAttributeBuilder(constructor, [function.Queue], [attribute.GetProperty(nameof(QueueTriggerAttribute.Connection))!], [connection])
            : new CustomAttributeBuilder(constructor, [function.Queue]);
    }
}
